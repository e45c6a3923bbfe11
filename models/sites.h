/* sites.h -- the same model is better at one site than at another.
 *
 *   at a site    min(max(m + spread z, 0), 1)     z one standard normal per site and metric
 *
 * A study at sites (enrolment.h) sees their average, each counting with its patients. After
 * the launch `after_launch` other sites use the model: each meets what it needs or not.
 *
 * Words    "sites.<id>.<metric>" of a site of the study (index 0), "sites.after.<metric>"
 *          (index: how manieth site after the launch)
 * State    reads metric.<id> at the launch; of the metric that production follows its quality
 *          online in the first month. Where nothing launched outputs are NAN.
 * Units    shares 0 to 1; spread in points.
 */
#ifndef ROADCAST_MODELS_SITES_H
#define ROADCAST_MODELS_SITES_H

#include <roadcast/model.h>

typedef struct rc_sites {
    rc_head head;
    rc_estimate spread; /* once: sd between sites */
    int64_t after_launch;
    rc_conditions needs; /* of each site; none: the targets */
} rc_sites;

extern const rc_model rc_model_sites;

/* A metric at a site of luck z. */
double rc_at_site(double metric, double spread, double z);

#endif
