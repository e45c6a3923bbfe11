/* Every setting of scenarios/fraud_v2.cfg, and of the plans beside this file that use what
 * it does not, does what it says (effects.h). */
#include "effects.h"
#include "suite.h"

static const effects_row fraud[] = {
    /* shown, never a number */
    {"scenario.name=Another", "samples", '='},
    {"scenario.question=Why not?", "samples", '='},
    {"scenario.hypothesis=None", "samples", '='},
    {"scenario.owner=Nobody", "samples", '='},
    {"scenario.updated=2026-01-27", "samples", '='},
    {"team.ds.name=People", "samples", '='},
    {"tasks.pull.name=Data", "samples", '='},
    {"experiments.levers.graph.name=Other features", "samples", '='},
    {"gates.offline_gate.name=The gate", "samples", '='},
    {"risks.regulator.name=The other one", "samples", '='},
    {"risks.regulator.mitigation.name=Talk", "samples", '='},
    {"shared_factors.platform.name=Platform", "samples", '='},
    {"correlations.backlog.because=no reason", "samples", '='},
    {"calendar.freezes.half_year.name=Freeze", "samples", '='},
    {"what_if.pre_read.name=Talk first", "samples", '='},
    {"what_if.more_labellers.set=[ \"labelling.labellers = 12\" ]", "samples", '='},
    {"output.folder=elsewhere", "samples", '='},
    {"output.charts=[ \"finish\" ]", "samples", '='},
    {"output.percentiles=[ 10, 50, 80, 90, 99 ]", "samples", '='},

    /* goals: what is asked, not what happens */
    {"goals.deadline=2026-08-31", "deadline", '+'},
    {"goals.deadline=2026-08-31", "samples", '='},
    {"goals.budget=240k EUR", "budget", '+'},
    {"goals.budget=240k EUR", "samples", '='},
    {"goals.target.at_least=83 %", "gates[offline_gate].p_first_pass", '-'},
    {"goals.target.at_least=83 %", "target", '-'},
    {"goals.confidence=90 %", "promise", '+'},
    {"goals.confidence=90 %", "samples", '='},

    {"simulation.futures=4500", "samples", '='}, /* the first 4 000 of them */
    {"simulation.ranges=p5-p95", "width", '-'},
    {"simulation.ranges=min-max", "width", '-'},
    {"simulation.widen=1.4", "width", '+'},

    /* calendar */
    {"calendar.start=2026-02-09", "deadline", '-'},
    {"calendar.workdays=Mon-Sat", "deadline", '+'},
    {"calendar.holidays=( \"2026-04-03\", \"2026-07-01\", \"2026-07-02\", "
     "\"2026-07-03\", "
     "\"2026-07-06\", \"2026-07-07\", \"2026-07-08\", \"2026-07-09\", \"2026-07-10\" )",
     "deadline", '-'},
    {"calendar.freezes.half_year.from=2026-06-12", "finish", '+'},
    {"calendar.freezes.half_year.to=2026-07-17", "finish", '+'},
    {"calendar.freezes.half_year.blocks=[ \"offline\", \"canary\", \"rollout\" ]",
     "finish", '+'},

    /* people and machines */
    {"team.ds.leaves=( { id = \"away\"; on = \"2026-04-20\"; people = 2; back_on = "
     "\"2026-06-15\"; } )",
     "finish", '+'},
    {"team.ds.people=6", "samples", '='},
    {"team.ds.availability=60 %", "tasks.label_qa.duration", '+'},
    {"team.ds.cost=900 EUR/day", "kinds.people", '+'},
    {"team.ds.paid=always", "kinds.people", '+'},
    {"team.mle.people=1", "finish", '+'},
    {"team.mle.availability=70 %", "tasks.features.duration", '+'},
    {"team.mle.cost=700 EUR/day", "kinds.people", '-'},
    {"team.mle.joins.new_mle.on=2026-12-14", "tasks.features.duration",
     '-'}, /* no ramp to wait for */
    {"team.mle.joins.new_mle.people=2", "tasks.features.duration", '+'},
    {"team.mle.joins.new_mle.full_speed_after=1 / 2 / 3 weeks",
     "tasks.features.duration", '-'},
    {"team.risk.people=2", "samples", '='},
    {"team.risk.availability=60 %", "kinds.people", '+'},
    {"team.risk.cost=1000 EUR/day", "kinds.people", '+'},
    {"team.gpu.capacity=32", "samples", '='},
    {"team.gpu.cost=4 EUR/hour", "kinds.compute", '+'},

    /* tasks */
    {"phases=[ \"Scoping\", \"Data\", \"Modelling\", \"Validation\", \"Deployment\", "
     "\"After\" ]",
     "samples", '='},
    {"tasks.guide.phase=Scoping", "phases[Scoping].finish", '+'},
    {"tasks.policy.duration=5 / 8 / 14 days", "finish", '+'},
    {"tasks.policy.who=2 ds, 0.2 risk", "tasks.policy.cost", '+'},
    {"tasks.policy.cost=5k EUR", "kinds.fixed", '+'},
    {"tasks.pull.duration=8 / 12 / 20 days", "finish", '+'},
    {"tasks.pull.cost=60k to 85k EUR", "kinds.fixed", '+'},
    {"tasks.guide.duration=10 / 16 / 22 days", "tasks.label.start", '+'},
    {"tasks.label_qa.effort=6 / 10 / 20 person-days", "tasks.label_qa.duration", '+'},
    {"tasks.label_qa.who=2 ds", "tasks.label_qa.duration", '-'},
    {"tasks.features.effort=25 / 40 / 70 person-days", "tasks.features.duration", '+'},
    {"tasks.features.who=1 mle", "tasks.features.duration", '+'},
    {"tasks.baseline.duration=8 / 12 / 20 days", "tasks.baseline.finish", '+'},
    {"tasks.baseline.after=[ \"pull\" ]", "tasks.baseline.start", '-'},
    {"tasks.modelling.who=1 ds", "tasks.modelling.cost", '-'},
    {"tasks.modelling.after=[ \"baseline\" ]", "tasks.modelling.start", '-'},
    {"tasks.offline.duration=6 / 8 / 12 days", "finish", '+'},
    {"tasks.mrr.duration=16 / 24 / 44 days", "finish", '+'},
    {"tasks.mrr.not_before=2026-07-01", "tasks.mrr.start", '+'},
    {"tasks.mrr.after=[ \"offline + 5 days\" ]", "tasks.mrr.start", '+'},
    {"tasks.mrr.after=[ \"start of offline\" ]", "tasks.mrr.start", '-'},
    {"tasks.serving.effort=28 / 40 / 80 person-days", "tasks.serving.duration", '+'},
    {"tasks.shadow.duration=20 / 28 / 42 calendar days", "tasks.shadow.duration", '+'},
    {"tasks.shadow.optional=20 %", "tasks.shadow.occurs", '-'},
    {"tasks.canary.duration=8 / 10 / 18 days", "finish", '+'},
    {"tasks.canary.milestone=launch | tasks.rollout.milestone=done", "finish", '-'},
    {"tasks.rollout.duration=6 / 8 / 16 days", "finish", '+'},
    {"tasks.mrr.priority=1", "samples", '='}, /* nobody is short of people */

    /* labelling */
    {"labelling.items=60k", "labelling[labelling].effective", '+'},
    {"labelling.items=60k", "labelling[labelling].days", '+'},
    /* of more positives more are missed: q (1 - q)/(q' (1 - q')) falls */
    {"labelling.positives=12 to 20 %", "labelling[labelling].effective", '-'},
    {"labelling.votes_per_item=3", "labelling[labelling].votes", '+'},
    {"labelling.labellers=10", "labelling[labelling].days", '-'},
    {"labelling.ramp_up=6 to 8 weeks", "labelling[labelling].days", '+'},
    {"labelling.speed=600 to 900 /day", "labelling[labelling].days", '-'},
    {"labelling.disagreement=20 to 30 %", "labelling[labelling].votes", '+'},
    {"labelling.rework=15 to 30 %", "labelling[labelling].votes", '+'},
    {"labelling.cost_per_vote=0.42 EUR", "kinds.labelling", '+'},
    {"labelling.missed=20 to 30 %", "labelling[labelling].effective", '-'},
    {"labelling.false_alarms=1 to 2 %", "labelling[labelling].effective", '-'},

    /* experiments */
    {"experiments.baseline=80.0 to 80.8 %", "metrics.recall.true", '+'},
    {"experiments.aim=83.9 %", "experiments[experiments].tries", '+'},
    {"experiments.at_once=1", "experiments[experiments].days", '+'},
    {"experiments.try_takes=3 / 6 / 12 days", "experiments[experiments].days", '+'},
    {"experiments.gpus=8", "samples", '='}, /* the pool has them */
    {"experiments.gpu_hours=200 to 800", "kinds.compute", '+'},
    {"experiments.repeats=2", "kinds.compute", '+'},
    {"experiments.repeats=2", "experiments[experiments].winners_curse", '-'},
    {"experiments.levers.graph.repeats=2", "kinds.compute", '+'},
    {"experiments.levers.graph.repeats=2 | experiments.gpus=3", "kinds.compute", '+'},
    {"experiments.levers.graph.also=[ \"latency_p99 +20 to 40 %\" ]",
     "gates[offline_gate].p_first_pass", '-'},
    {"experiments.levers.graph.also=[ \"latency_p99 +20 to 40 %\" ] | "
     "experiments.limits=[ \"latency_p99 <= 40 ms\" ]",
     "experiments[experiments].tries", '+'},
    {"experiments.approaches=( { id = \"gbm\"; }, { id = \"deep\"; ceiling = \"90 to "
     "95 "
     "%\"; } )",
     "target", '+'},
    {"experiments.approaches=( { id = \"gbm\"; }, { id = \"deep\"; ceiling = \"90 to "
     "95 "
     "%\"; } ) | experiments.tries_each=1",
     "target", '+'},
    {"experiments.approaches=( { id = \"gbm\"; }, { id = \"deep\"; ceiling = \"90 to "
     "95 "
     "%\"; try_takes = \"8 days\"; } ) | experiments.approach=deep",
     "experiments[experiments].days", '+'},
    {"experiments.approaches=( { id = \"gbm\"; }, { id = \"deep\"; gpu_hours = "
     "\"900\"; } "
     ") | experiments.approach=deep",
     "kinds.compute", '+'},
    {"experiments.approaches=( { id = \"gbm\"; }, { id = \"deep\"; baseline = \"81 "
     "%\"; "
     "also = [ \"latency_p99 +30 to 60 %\" ]; } ) | experiments.approach=deep",
     "gates[offline_gate].p_first_pass", '-'},
    {"experiments.approaches=( { id = \"gbm\"; explainable = true; }, { id = \"deep\"; "
     "} "
     ") | experiments.must_be_explainable=true",
     "samples", '='}, /* as before */
    {"experiments.approaches=( { id = \"gbm\"; name = \"Trees\"; }, { id = \"deep\"; } "
     ") "
     "| experiments.approach=gbm",
     "samples", '='},
    {"experiments.approaches=( { id = \"gbm\"; }, { id = \"deep\"; } ) | "
     "experiments.levers.graph.approach=deep | experiments.approach=gbm",
     "experiments[experiments].by_lever[graph].tries", '-'},
    {"experiments.test_size=400", "experiments[experiments].winners_curse", '+'},
    {"experiments.test_size=400", "gates[offline_gate].false_no_go", '+'},
    {"experiments.seed_sd=1 to 2 points", "experiments[experiments].winners_curse",
     '+'},
    /* the same labels more are less */
    {"experiments.learning_curve.labels_now=40k", "figures.search.best@0", '-'},
    {"experiments.learning_curve.labels_now=40k", "metrics.recall.true", '-'},
    {"experiments.learning_curve.ceiling=82.5 to 84 %", "target", '-'},
    {"experiments.learning_curve.points=( ( 5000, \"70.1 %\" ), ( 10000, \"75.4 %\" ), "
     "( 20000, \"78.2 %\" ) )",
     "figures.search.best@0", '+'}, /* steeper */
    {"experiments.levers.graph.works=30 %",
     "experiments[experiments].by_lever[graph].successes", '-'},
    {"experiments.levers.graph.gain=0.2 to 0.6 points",
     "experiments[experiments].tries", '+'},
    {"experiments.levers.graph.tries=1",
     "experiments[experiments].by_lever[graph].tries", '-'},
    /* the best lever comes late */
    {"experiments.levers.graph.needs=[ \"serving\" ]", "experiments[experiments].days",
     '+'},
    {"experiments.levers.seq.works=90 %", "target", '+'},
    {"experiments.levers.seq.gain=1.4 to 3.2 points", "target", '+'},
    {"experiments.levers.seq.tries=1", "experiments[experiments].by_lever[seq].tries",
     '-'},
    {"experiments.levers.hard.works=5 %", "target", '-'},
    {"experiments.levers.calib.gain=0.4 to 1.2 points", "target", '+'},
    {"experiments.levers.distil.tries=1",
     "experiments[experiments].by_lever[distil].tries", '-'},
    {"experiments.give_up_after=1 weeks", "experiments[experiments].days", '-'},
    {"experiments.give_up_after=1 weeks", "target", '-'},

    /* checkpoints */
    {"checkpoints=( { id = \"c\"; on = \"2026-05-15\"; stop_if = \"recall < 80 %\"; } "
     ")",
     "stopped", '+'},
    {"checkpoints=( { id = \"c\"; on = \"2026-05-15\"; stop_if = \"cost > 90k EUR\"; } "
     ")",
     "stopped", '+'},
    {"checkpoints=( { id = \"c\"; on = \"2026-05-15\"; stop_if = \"recall < 10 %\"; } "
     ")",
     "samples", '='},
    {"checkpoints=( { id = \"c\"; name = \"Look\"; on = \"2026-05-15\"; "
     "stop_if = \"recall < 10 %\"; } )",
     "samples", '='},
    {"checkpoints=( { id = \"c\"; on = \"2028-05-15\"; stop_if = \"recall < 99 %\"; } "
     ")",
     "samples", '='}, /* everything has launched by then, or never does */

    /* metrics, gates, fairness */
    {"metrics.alerts_per_day.value=1100 to 1450 /day",
     "gates[offline_gate].p_first_pass", '-'},
    {"metrics.alerts_per_day.each_round=-30 to -20 %", "gates[offline_gate].rounds",
     '-'},
    {"metrics.latency_p99.value=34 to 48 ms", "gates[offline_gate].p_first_pass", '-'},
    {"metrics.latency_p99.each_round=-8 to 8 %", "gates[offline_gate].rounds", '+'},
    {"gates.offline_gate.needs=[ \"fairness\" ]", "gates[offline_gate].p_first_pass",
     '+'},
    {"gates.offline_gate.on_fail.rework=20 / 30 / 50 days", "tasks.offline.finish",
     '+'},
    {"gates.offline_gate.on_fail.at_most=0", "stopped", '+'},
    {"gates.offline_gate.on_fail.then=launch anyway", "stopped", '-'},
    {"gates.offline_gate.on_fail.back_to=offline", "tasks.modelling.rounds", '-'},
    {"gates.risk_signoff.chance_to_pass=30 to 50 %", "gates[risk_signoff].rounds", '+'},
    {"gates.risk_signoff.on_fail.rework=10 / 20 / 30 days", "tasks.mrr.finish", '+'},
    {"gates.risk_signoff.on_fail.at_most=0", "stopped", '+'},
    /* 7 points of 82 % are a ratio of .91 */
    {"fairness.measure=four-fifths", "fairness[new_cust].p_pass", '+'},
    {"fairness.measure=four-fifths", "tasks.fair_fix.duration", '-'},
    {"fairness.limit=2 points", "tasks.fair_fix.duration", '+'},
    {"fairness.sure=50 %", "fairness[new_cust].p_pass", '-'},
    {"fairness.groups.new_cust.gap=6 to 12 points", "fairness[new_cust].gap_before",
     '+'},
    {"fairness.groups.new_cust.gap=6 to 12 points", "tasks.fair_fix.duration", '+'},
    {"fairness.mitigation.duration=10 / 20 / 36 days", "tasks.fair_fix.duration", '+'},
    {"fairness.mitigation.closes=10 to 30 %", "fairness[new_cust].gap_after", '+'},
    {"fairness.mitigation.costs=1 to 2 points", "metrics.recall.true", '-'},

    /* the test on users */
    {"online_test.name=A test", "samples", '='},
    {"online_test.traffic=2k /day", "online_test[online_test].days", '+'},
    {"online_test.traffic=20k /day", "online_test[online_test].per_arm", '+'},
    {"online_test.base_rate=90 %", "online_test[online_test].days", '+'},
    {"online_test.smallest_effect=0.01 %", "online_test[online_test].days", '+'},
    {"online_test.ship_above=-0.2 %", "online_test[online_test].p_ship", '-'},
    {"online_test.sure=99.9 %", "online_test[online_test].days", '+'},
    {"online_test.power=95 %", "online_test[online_test].days", '+'},
    {"online_test.at_least=3 weeks", "tasks.pay_test.duration", '+'},
    {"online_test.traffic=2k /day | online_test.at_most=1 weeks",
     "online_test[online_test].p_ship", '-'}, /* too short for what it is to show */
    {"online_test.arms=4", "online_test[online_test].days", '+'},
    {"online_test.waits=2 to 3 weeks", "online_test[online_test].waited", '+'},
    {"online_test.waits=2 to 3 weeks", "finish", '+'},
    {"online_test.effect.middle=-0.8 to -0.5 %", "online_test[online_test].p_ship",
     '-'},
    {"online_test.effect.scale=1 %", "online_test[online_test].p_ship", '-'},
    {"online_test.effect.each_round=-0.4 to -0.3 %", "samples", '='}, /* it runs on */
    {"gates.still_pay.on_fail.at_most=0", "stopped", '+'},
    {"gates.still_pay.on_fail.rework=20 / 25 / 30 days", "tasks.pay_test.duration",
     '+'},

    /* wrong decisions: shown, change nothing */
    {"decisions.name=All", "samples", '='},
    {"decisions.volume=6M /month", "decisions.misses", '+'},
    {"decisions.volume=6M /month", "samples", '='},
    {"decisions.positives=0.2 %", "decisions.misses", '+'},
    {"decisions.positives=0.2 %", "decisions.false_alarms", '-'},
    {"decisions.false_alarms=2 %", "decisions.false_alarms", '+'},
    {"decisions.miss_costs=500 to 600 EUR", "decisions.cost", '+'},
    {"decisions.false_alarm_costs=4 EUR", "decisions.cost", '+'},
    {"fairness.groups.new_cust.gap=6 to 12 points",
     "decisions.groups[new_cust].times_as_often", '+'},
    {"fairness.mitigation.closes=10 to 30 %",
     "decisions.groups[new_cust].times_as_often", '+'},
    {"production.drift.loss=1 to 2 points/month", "decisions.misses", '+'},

    /* production: after the launch, changes nothing before it */
    {"production.watch_for=24 months", "production.cost", '+'},
    {"production.watch_for=24 months", "samples", '='},
    {"production.floor=82 %", "production.months_below_floor", '+'},
    {"production.drift.loss=1 to 2 points/month", "production.retrains", '+'},
    /* what it is worth changes with it, the launch does not */
    {"production.drift.loss=1 to 2 points/month", "value.npv", '-'},
    {"production.drift.loss=1 to 2 points/month", "finish", '0'},
    {"production.shocks.per_year=5 to 8", "production.months_below_floor", '+'},
    {"production.shocks.loss=3 to 5 points", "production.months_below_floor", '+'},
    {"production.retrain.every=6 weeks", "production.retrains", '+'},
    {"production.retrain.or_when=recall < 82.5 %", "production.retrains", '+'},
    {"production.retrain.takes=6 / 8 / 10 weeks", "production.months_below_floor", '+'},
    {"production.retrain.recovers=10 to 30 %", "production.quality_at_end", '-'},
    {"production.retrain.cost=20k to 40k EUR", "production.cost", '+'},

    /* risks */
    {"risks.vendor_api.chance=80 %", "risks[vendor_api].fired", '+'},
    {"risks.vendor_api.chance=80 %", "finish", '+'},
    {"risks.vendor_api.delay=20 / 30 / 50 days", "tasks.features.duration", '+'},
    {"risks.vendor_api.hits=[ \"rollout\" ]", "tasks.features.duration", '-'},
    {"risks.regulator.chance=40 %", "finish", '+'},
    {"risks.regulator.delay=30 / 40 / 60 days", "risks[regulator].mean_delay_days",
     '+'},
    {"risks.regulator.cost=60k to 150k EUR", "kinds.risks", '+'},
    {"risks.regulator.mitigation.active=true", "risks[regulator].fired", '-'},
    {"risks.regulator.mitigation.active=true", "kinds.mitigation", '+'},
    {"risks.regulator.mitigation.cost=9k EUR", "samples", '='}, /* not active */
    {"risks.regulator.mitigation.chance=1 %", "samples", '='},
    {"risks.attrition.chance=80 %", "tasks.label.finish", '+'},
    {"risks.attrition.delay=20 / 30 / 50 days", "tasks.label.finish", '+'},
    {"risks.gpu_squeeze.chance=95 %", "tasks.modelling.duration", '+'},
    {"risks.gpu_squeeze.slower=60 to 90 %", "tasks.modelling.duration", '+'},

    /* what moves together */
    {"shared_factors.productivity.slower=10 to 40 %", "finish", '+'},
    {"shared_factors.productivity.slower=10 to 40 %", "tasks.label_qa.duration", '+'},
    /* labellers are not the team's: only a factor that names the task is theirs */
    {"shared_factors.productivity.slower=10 to 40 %", "tasks.label.duration", '0'},
    {"shared_factors.productivity.affects=\" who: ds, mle\"", "samples", '='},
    {"shared_factors.platform.affects=tasks: label", "tasks.label.duration", '+'},
    /* 1.5 % slower on average: the engineers' no longer */
    {"shared_factors.productivity.affects=who: ds", "tasks.serving.duration", '-'},
    {"shared_factors.productivity.affects=who: mle", "width", '-'},
    {"shared_factors.platform.slower=20 to 60 %", "tasks.serving.duration", '+'},
    {"shared_factors.platform.affects=tasks: pull", "tasks.serving.duration", '-'},
    {"correlations.backlog.strength=0.9", "tasks.pull.duration", '0'},
    {"correlations.re_org.strength=0.9", "risks[gpu_squeeze].fired", '0'},
};

static const effects_row data[] = {
    {"data.events.name=Records", "samples", '='},
    {"data.events.items=60k", "data[events].days", '+'},
    {"data.events.have=20k", "data[events].days", '-'},
    {"data.events.arrives=2k /day", "data[events].days", '-'},
    {"data.events.in_all=60k", "data[events].items", '-'},
    {"data.events.in_all=60k", "labelling[labelling].effective", '-'},
    {"data.events.usable=90 to 99 %", "data[events].days", '-'},
    {"data.events.consent=20 to 30 %", "data[events].p_enough", '-'},
    {"data.events.give_up_after=4 weeks", "data[events].days", '-'},
    {"data.events.give_up_after=4 weeks", "data[events].items", '-'},
    {"data.events.cost_per_item=0.10 EUR", "kinds.data", '+'},
    {"data.events.licence=40k EUR", "kinds.data", '+'},
    {"data.events.leak.chance=60 %", "data[events].leak.false_hope", '+'},
    {"data.events.leak.chance=60 %", "finish", '+'},
    {"data.events.leak.loses=4 to 9 points", "data[events].leak.false_hope", '+'},
    {"data.events.leak.loses=4 to 9 points", "gates[gate].p_first_pass", '-'},
    {"data.events.leak.found_at=label", "data[events].leak.false_hope", '-'},
    {"data.events.leak.found_at=ship", "data[events].leak.weeks_of_false_hope", '+'},
    {"data.outcomes.label_delay=5 to 6 months", "tasks.wait.duration", '+'},
    {"data.outcomes.items=20k", "metrics.recall.true", '+'},
    {"tasks.search.after=[ \"50 % of label\", \"wait\" ]", "tasks.search.start", '-'},
    {"tasks.label.after=[ \"20 % of collect\" ]", "tasks.label.start", '-'},
};

static const effects_row production[] = {
    {"goals.target.metric=precision | experiments.metric=precision | "
     "production.retrain.or_when=precision < 77.5 %",
     "production.quality_at_launch", '0'}, /* another word for the same thing */
    {"production.domain=adversarial", "production.quality_at_end", '-'},
    {"production.domain=consumer", "production.quality_at_end", '0'},
    {"production.locked=true", "production.cost", '-'},
    {"production.locked=true", "production.loss_by.drift@12", '+'},
    {"production.transfer=20 to 40 %", "production.quality_at_launch", '-'},
    {"production.first_day_drop=2 to 3 points", "production.quality_at_launch", '-'},
    {"production.first_day_drop=2 to 3 points", "production.loss_by.first_day@1", '+'},
    {"production.rollback.chance=60 %", "production.rolled_back", '+'},
    {"production.rollback.chance=60 %", "production.cost", '+'},
    {"production.rollback.takes=8 weeks", "production.waits", '+'},
    {"production.rollback.costs=200k EUR", "production.cost", '+'},
    {"production.drift.tau=6 months", "production.loss_by.drift@12", '+'},
    {"production.drift.floor_below=30 %", "production.loss_by.drift@12", '+'},
    {"production.noise.sd=3 to 4 points", "production.retrains",
     '+'}, /* at once, too */
    {"production.noise.sd=3 to 4 points", "production.months_below_floor", '+'},
    {"production.population.newcomers=80 %", "production.loss_by.population@12", '+'},
    {"production.population.over=3 months", "production.loss_by.population@3", '+'},
    {"production.population.quality=-20 to -10 points",
     "production.loss_by.population@12", '+'},
    {"production.adversary.evades=30 to 40 %", "production.loss_by.adversary@6", '+'},
    {"production.adversary.adapts_in=2 weeks", "production.loss_by.adversary@6", '+'},
    {"production.adversary.grows=20 %", "production.loss_by.adversary@12", '+'},
    {"production.feedback.labelled=20 %", "production.loss_by.feedback@12", '+'},
    {"production.feedback.explores=40 %", "production.loss_by.feedback@12", '-'},
    {"production.feedback.costs=9k EUR/month", "production.cost", '+'},
    {"production.retrain.approval=8 weeks", "production.retrains", '-'},
    {"production.retrain.bad=80 %", "production.bad_releases", '+'},
    {"production.retrain.loses=20 points", "production.loss_by.bad_releases@12", '+'},
    {"production.retrain.noticed_after=8 weeks", "production.months_in_bad_releases",
     '+'},
    {"production.retrain.rollback=8 weeks", "production.months_in_bad_releases", '+'},
    {"production.retrain.fails=80 %", "production.loss_by.drift@12", '+'},
    {"production.monitoring.label_delay=6 months", "production.retrains", '-'},
    {"production.monitoring.outcomes=5 /day", "production.retrains", '-'},
    {"production.monitoring.false_alarm_every=1 months", "production.false_alarms",
     '+'},
};

/* A plan, and what is changed in it. */
static const struct table {
    const char *file;
    const effects_row *rows;
    int n;
} tables[] = {
    {"scenarios/fraud_v2.cfg", fraud, sizeof fraud / sizeof *fraud},
    {"tests/properties/settings_data.cfg", data, sizeof data / sizeof *data},
    {"tests/properties/settings_production.cfg", production,
     sizeof production / sizeof *production},
};
enum { TABLES = sizeof tables / sizeof *tables };

static int tests_of(const struct table *t)
{
    return (t->n + EFFECTS_TOGETHER - 1) / EFFECTS_TOGETHER;
}

/* The part of a table that a test looks at: *from on. */
static const struct table *part_of(int test, int *from)
{
    const struct table *t = tables;
    for (; test >= tests_of(t); t++)
        test -= tests_of(t);
    *from = test * EFFECTS_TOGETHER;
    return t;
}

START_TEST(settings_move_what_they_are_about)
{
    int from;
    const struct table *t = part_of(_i, &from);
    ck_assert_int_eq(effects_wrong(t->file, t->rows, t->n, from, 260), 0);
}
END_TEST

int main(void)
{
    int tests = 0;
    for (int i = 0; i < TABLES; i++)
        tests += tests_of(tables + i);
    Suite *suite = suite_create("settings");
    TCase *tcase = tcase_create("settings");
    tcase_set_timeout(tcase, 60);
    tcase_add_loop_test(tcase, settings_move_what_they_are_about, 0, tests);
    suite_add_tcase(suite, tcase);
    return suite_run(suite);
}
