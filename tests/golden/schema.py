"""schema.py SCHEMA FOLDER -- are the documents of FOLDER what SCHEMA promises?

valid-*.json must be, refused-*.json must not.  A number has an error beside it, and lies in
the interval where that is one.  Strict where Python is lax: NaN and
Infinity are no JSON, a key may not stand twice.  Last line as of a check program.
"""
import json
import pathlib
import re
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


def objects(x, path="$"):
    """Every object of a document, and where it stands."""
    if isinstance(x, dict):
        yield path, x
    for key, item in x.items() if isinstance(x, dict) else enumerate(x) if isinstance(x, list) else ():
        yield from objects(item, f"{path}.{key}")


def intervals(x):
    """Numbers of an object with the ends that stand beside them."""
    for key, value in x.items():
        ends = x.get(key + "_interval")
        if isinstance(ends, dict):
            yield from ((f"{key}.{p}", v, ends.get(p, [])) for p, v in value.items())
        elif isinstance(value, list) and ends is not None:
            yield from ((f"{key}.{i}", v, e) for i, (v, e) in enumerate(flat(value, ends)))
        elif key == "percentiles" and "percentiles_low" in x:
            for p, column in value.items():
                for i, v in enumerate(column):
                    yield f"{key}.{p}.{i}", v, [x["percentiles_low"][p][i], x["percentiles_high"][p][i]]
        elif ends:
            yield key, value, ends


def out_of_order(document):
    """Numbers that do not lie in the interval that stands beside them."""
    for path, x in objects(document):
        for name, v, both in intervals(x):
            if (v, both) != (None, None) and (len(both) != 2 or not order(both[0], v, both[1])):
                yield f"{path}.{name}: {v} does not lie within {both}"


# Numbers that are asked for, counted, drawn or an axis, and indices of which no error is known.
EXACT = re.compile(r"\$\.(schema_version|run\.|goals\.|figures\.cost_and_date\.|figures\.hit_map\.(days|targets|promise|nearest)"
                   r"|.*(\.histogram\.|_interval\b|_error\b|_low\b|_high\b|\.(n|sd|sd_days|confidence|ssi|share_of_variance"
                   r"|low_at|high_at)$)|verdict\.fallback(_later)?\.target$|production\.months$|figures\.search\.weeks$)")


def has_error(x, key):
    return (key + "_interval" in x or key + "_error" in x or key == "mean" and "sd" in x
            or key == "mean_days" and "sd_days" in x or key in ("low_days", "high_days") and "days_error" in x
            or key == "percentiles" and "percentiles_low" in x
            or key in ("worth", "error") and {"worth", "error"} <= x.keys())


def bare(document):
    """Numbers without an error: neither _interval nor _error nor n and sd stand beside them."""
    covered = set()
    for path, x in objects(document):
        for key, value in x.items():
            at = f"{path}.{key}"
            if path in covered or has_error(x, key):
                covered.add(at)
                continue
            leaf = value
            while isinstance(leaf, list):
                leaf = next(iter(leaf), None)
            if isinstance(leaf, (int, float)) and not isinstance(leaf, bool) and not EXACT.match(at):
                yield f"{at}: no error stands beside it"


def faults_of(path):
    try:
        document = json.loads(path.read_bytes().decode("utf-8"), parse_constant=no_constant,
                              object_pairs_hook=no_twice)
    except ValueError as error:
        return [f"not JSON: {error}"]
    faults = sorted(validator.iter_errors(document), key=lambda fault: fault.json_path)
    return ([f"{fault.json_path}: {fault.message[:300]}" for fault in faults]
            or [*out_of_order(document), *bare(document)])


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
