"""schema.py SCHEMA FOLDER -- are the documents of FOLDER what SCHEMA promises?

valid-*.json must be, refused-*.json must not.  A number has an error beside it, and lies in
the interval where that is one.  Strict where Python is lax: NaN and
Infinity are no JSON, a key may not stand twice.  Last line as of a check program.
"""
import json
import pathlib
import sys

import jsonschema


def no_constant(name):
    raise ValueError(f"{name} is not JSON")


def no_twice(pairs):
    keys = [key for key, _ in pairs]
    if len(set(keys)) < len(keys):
        raise ValueError(f"keys stand twice: {sorted({key for key in keys if keys.count(key) > 1})}")
    return dict(pairs)


def order(low, value, high):
    """Ascending; null is never, the latest of all. Of one future nothing is known: two nulls."""
    if low is None and high is None:
        return True
    ends = [float("inf") if x is None else x for x in (low, value, high)]
    return ends == sorted(ends)


def flat(value, ends):
    """Numbers of lists within lists, with their ends."""
    for v, e in zip(value, ends, strict=True):
        if isinstance(v, list):
            yield from flat(v, e)
        else:
            yield v, e


def out_of_order(x, path="$"):
    """Numbers that do not lie in the interval that stands beside them."""
    if isinstance(x, list):
        for i, item in enumerate(x):
            yield from out_of_order(item, f"{path}[{i}]")
    if not isinstance(x, dict):
        return
    for key, value in x.items():
        yield from out_of_order(value, f"{path}.{key}")
        ends = x.get(key + "_interval")
        if isinstance(ends, dict):
            pairs = [(f"{key}.{p}", v, ends.get(p, [])) for p, v in value.items()]
        elif isinstance(value, list) and ends is not None:
            pairs = [(f"{key}[{i}]", v, e) for i, (v, e) in enumerate(flat(value, ends))]
        elif key == "percentiles" and "percentiles_low" in x:
            pairs = [(f"{key}.{p}[{i}]", v, [x["percentiles_low"][p][i], x["percentiles_high"][p][i]])
                     for p, column in value.items() for i, v in enumerate(column)]
        else:
            pairs = [(key, value, ends)] if ends else []
        for name, v, both in pairs:
            if v is None and both is None:
                continue
            if len(both) != 2 or not order(both[0], v, both[1]):
                yield f"{path}.{name}: {v} does not lie within {both}"


# Numbers that are asked for, counted or drawn, and indices of which no error is known.
EXACT = {"futures", "detail_futures", "quantile_resolution", "schema_version", "deadline_days", "budget", "value",
         "at_least", "at_most", "confidence", "n", "sd", "sd_days", "never", "counts", "edges", "months", "weeks",
         "days", "targets", "day", "target", "limit", "finish_days", "cost", "ssi", "share_of_variance", "low_at",
         "high_at", "error"}
OF_N = {"mean", "mean_days"}  # n and sd stand beside it


def bare(x, path="$"):
    """Numbers without an error: neither _interval nor _error nor n and sd stand beside them."""
    if isinstance(x, list):
        for i, item in enumerate(x):
            yield from bare(item, f"{path}[{i}]")
    if not isinstance(x, dict):
        return
    for key, value in x.items():
        told = key + "_interval" in x or key + "_error" in x or key.endswith(("_interval", "_error", "_low", "_high"))
        told |= key in OF_N and ("sd" in x or "sd_days" in x) or key in ("low_days", "high_days") and "days_error" in x
        told |= key == "percentiles" and "percentiles_low" in x or key == "worth" and "error" in x
        if told:
            continue
        leaf = value if not isinstance(value, list) else next(iter(value), None)
        if isinstance(leaf, (int, float)) and not isinstance(leaf, bool) and key not in EXACT:
            yield f"{path}.{key}: no error stands beside it"
        else:
            yield from bare(value, f"{path}.{key}")


def faults_of(path):
    try:
        document = json.loads(path.read_bytes().decode("utf-8"), parse_constant=no_constant,
                              object_pairs_hook=no_twice)
    except ValueError as error:
        return [f"not JSON: {error}"]
    faults = sorted(validator.iter_errors(document), key=lambda fault: fault.json_path)
    return [f"{fault.json_path}: {fault.message[:300]}" for fault in faults] or list(out_of_order(document)) + list(bare(document))


schema = json.loads(pathlib.Path(sys.argv[1]).read_text(encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
checks = failures = 0
for path in sorted(pathlib.Path(sys.argv[2]).glob("*.json")):
    faults = faults_of(path)
    checks += 1
    if path.name.startswith("refused-") and not faults:
        failures += 1
        print(f"{path.name}: accepted")
    elif path.name.startswith("valid-") and faults:
        failures += 1
        print(f"{path.name}:", *faults[:20], sep="\n  ")
print(f"{(checks - failures) * 100 // max(checks, 1)}%: Checks: {checks}, Failures: {failures}, Errors: 0")
sys.exit(failures > 0 or checks == 0)
