/* reference_sites.h -- one future's model at the sites that use it after the launch, site
 * by site, to hold models/sites.c against. */
#ifndef ROADCAST_TESTS_REFERENCE_SITES_H
#define ROADCAST_TESTS_REFERENCE_SITES_H

typedef struct reference_site_need {
    double metric; /* of the model, at the launch */
    char sign;     /* '<', '>', 'l' at most, 'g' at least */
    double limit;
    const double *z; /* luck of each site */
} reference_site_need;

/* Sites that miss any of what is needed; *worst: where the first metric is worst. */
int reference_sites_below(const reference_site_need *needs, int n, int sites,
                          double spread, double *worst);

#endif
