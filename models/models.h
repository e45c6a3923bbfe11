/* models.h -- the one list of models: what the program hands to the scenario reader.
 *
 * Models bind in the order of this list: a model may ask for what an earlier one bound.
 * rc_models itself is declared in <roadcast.h> for everybody who builds on the library.
 */
#ifndef ROADCAST_MODELS_H
#define ROADCAST_MODELS_H

#include <roadcast/model.h>

extern const rc_model *const rc_models[];

#endif
