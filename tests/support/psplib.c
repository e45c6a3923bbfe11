#include "psplib.h"
#include <check.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char archive[] = "../shared/data/psplib/j30.sm.tar.gz";

/* -------------------------------------------------------------------- read */

/* Goes on behind the next line that contains a text. */
static void seek(FILE *in, const char *text)
{
    char line[256];
    while (fgets(line, sizeof line, in))
        if (strstr(line, text))
            return;
    ck_abort_msg("no '%s' in a project of PSPLIB", text);
}

static void skip_line(FILE *in)
{
    char line[256];
    ck_assert(fgets(line, sizeof line, in) != NULL);
}

static int number(FILE *in)
{
    int n;
    ck_assert(fscanf(in, "%d", &n) == 1);
    return n;
}

static void read_project(psplib_project *p, FILE *in)
{
    seek(in, "jobnr.");
    for (int i = 1; i <= PSPLIB_JOBS; i++) {
        ck_assert_int_eq(number(in), i);
        number(in); /* modes */
        for (int n = number(in); n > 0; n--)
            p->before[i][number(in)] = true;
    }
    seek(in, "jobnr.");
    skip_line(in);
    for (int i = 1; i <= PSPLIB_JOBS; i++) {
        ck_assert_int_eq(number(in), i);
        number(in); /* mode */
        p->duration[i] = number(in);
        for (int k = 0; k < PSPLIB_TEAMS; k++)
            p->need[i][k] = number(in);
    }
    seek(in, "RESOURCEAVAILABILITIES");
    skip_line(in);
    for (int k = 0; k < PSPLIB_TEAMS; k++)
        p->capacity[k] = number(in);
}

/* Jobs are numbered in an order that links respect. */
static void work_out(psplib_project *p)
{
    int early[PSPLIB_JOBS + 1] = {0};
    bool later[PSPLIB_JOBS + 1][PSPLIB_JOBS + 1] = {0};
    for (int j = 1; j <= PSPLIB_JOBS; j++) {
        for (int i = 1; i < j; i++)
            if (p->before[i][j] && early[i] > early[j])
                early[j] = early[i];
        early[j] += p->duration[j];
    }
    p->critical_path = early[PSPLIB_JOBS];
    for (int i = PSPLIB_JOBS; i >= 1; i--) {
        p->latest_finish[i] = p->critical_path;
        for (int j = i + 1; j <= PSPLIB_JOBS; j++) {
            if (!p->before[i][j])
                continue;
            if (p->latest_start[j] < p->latest_finish[i])
                p->latest_finish[i] = p->latest_start[j];
            later[i][j] = true;
            for (int k = j; k <= PSPLIB_JOBS; k++)
                later[i][k] = later[i][k] || later[j][k];
        }
        p->latest_start[i] = p->latest_finish[i] - p->duration[i];
        for (int j = 1; j <= PSPLIB_JOBS; j++)
            p->successors[i] += later[i][j];
    }
}

static void unpack(const char *folder)
{
    const pid_t child = fork();
    ck_assert(child >= 0);
    if (child == 0) {
        execlp("tar", "tar", "-xzf", archive, "-C", folder, (char *)NULL);
        _exit(127);
    }
    int status;
    ck_assert(waitpid(child, &status, 0) == child);
    ck_assert_msg(status == 0, "tar could not unpack %s", archive);
}

bool psplib_read(psplib_project *projects)
{
    char folder[] = "/tmp/roadcast_psplib_XXXXXX", path[64];
    if (access(archive, R_OK) != 0) {
        printf("skipped: no %s\n", archive);
        return false;
    }
    ck_assert(mkdtemp(folder) != NULL);
    unpack(folder);
    for (int i = 0; i < PSPLIB_PROJECTS; i++) {
        psplib_project *p = &projects[i];
        memset(p, 0, sizeof *p);
        snprintf(p->name, sizeof p->name, "j30%d_%d.sm", 1 + i / 10, 1 + i % 10);
        snprintf(path, sizeof path, "%s/%s", folder, p->name);
        FILE *in = fopen(path, "r");
        ck_assert_msg(in != NULL, "no %s", p->name);
        read_project(p, in);
        work_out(p);
        fclose(in);
        unlink(path);
    }
    rmdir(folder);
    return true;
}

/* -------------------------------------------------------------------- told */

static void tell_duration(forecast_text *text, int days, psplib_law law)
{
    switch (law) {
    case PSPLIB_EXACT:
        forecast_add(text, "%d days", days);
        break;
    case PSPLIB_NARROW:
        forecast_add(text, "uniform(%.17g, %.17g) days", days - sqrt(days),
                     days + sqrt(days));
        break;
    case PSPLIB_WIDE:
        forecast_add(text, "uniform(0, %d) days", 2 * days);
        break;
    case PSPLIB_EXPONENTIAL:
        forecast_add(text, "exponential(%d) days", days);
        break;
    }
}

static void tell_task(forecast_text *text, const psplib_project *p, int j,
                      psplib_law law, int priority)
{
    forecast_add(text, "{ id = \"t%02d\"; duration = \"", j);
    tell_duration(text, p->duration[j], law);
    forecast_add(text, "\";");
    const char *lead = " who = \"";
    for (int k = 0; k < PSPLIB_TEAMS; k++)
        if (p->need[j][k]) {
            forecast_add(text, "%s%d r%d", lead, p->need[j][k], k + 1);
            lead = ", ";
        }
    if (lead[0] == ',')
        forecast_add(text, "\";");
    lead = " after = [";
    for (int i = 2; i < j; i++)
        if (p->before[i][j]) {
            forecast_add(text, "%s\"t%02d\"", lead, i);
            lead = ", ";
        }
    if (lead[0] == ',')
        forecast_add(text, "];");
    if (priority)
        forecast_add(text, " priority = %d;", priority);
    forecast_add(text, " }%s", j < PSPLIB_JOBS - 1 ? ",\n" : ");\n");
}

void psplib_tell(forecast_text *text, const psplib_project *p, psplib_law law,
                 const int *urgency)
{
    text->n = 0;
    forecast_add(text, "format = 1; calendar = { start = \"2026-02-02\"; };\nteam = (");
    const char *comma = "";
    for (int k = 0; k < PSPLIB_TEAMS; k++) {
        bool used = false;
        for (int j = 2; j < PSPLIB_JOBS; j++)
            used |= p->need[j][k] > 0;
        if (!used)
            continue;
        forecast_add(text, "%s{ id = \"r%d\"; capacity = %d; }", comma, k + 1,
                     p->capacity[k]);
        comma = ", ";
    }
    forecast_add(text, ");\ntasks = (");
    for (int j = 2; j < PSPLIB_JOBS; j++) {
        int priority = urgency != NULL;
        for (int i = 2; i < PSPLIB_JOBS && urgency; i++)
            priority += urgency[i] < urgency[j] || (urgency[i] == urgency[j] && i < j);
        tell_task(text, p, j, law, priority);
    }
}
