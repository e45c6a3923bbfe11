/* version.h -- the version of roadcast, and of the bytes that it promises.
 *
 * A forecast is reproducible for one version: the same scenario, seed, number of
 * futures and version give the same result.json anywhere.
 */
#ifndef ROADCAST_VERSION_H
#define ROADCAST_VERSION_H

#define RC_VERSION "0.1.0"
#define RC_FORMAT 1            /* newest `format = N` of a scenario that is read */
#define RC_RESULT_SCHEMA "1.0" /* schema_version of result.json */
#define RC_LANES 512           /* futures in a block: part of the format of a run */
#define RC_RNG "pcg32-keyed/lanes512"

#endif
