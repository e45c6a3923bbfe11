"""schema.py SCHEMA < DOCUMENT -- is a result.json what its schema promises?

Strict where Python is lax: NaN and Infinity are no JSON, a key may not stand twice.
"""
import json
import sys

import jsonschema


def no_constant(name):
    raise ValueError(f"{name} is not JSON")


def no_twice(pairs):
    keys = [key for key, _ in pairs]
    twice = {key for key in keys if keys.count(key) > 1}
    if twice:
        raise ValueError(f"keys stand twice: {sorted(twice)}")
    return dict(pairs)


with open(sys.argv[1], encoding="utf-8") as file:
    schema = json.load(file)
jsonschema.Draft202012Validator.check_schema(schema)
try:
    document = json.loads(sys.stdin.buffer.read().decode("utf-8"), parse_constant=no_constant,
                          object_pairs_hook=no_twice)
except ValueError as error:
    sys.exit(f"not JSON: {error}")
faults = sorted(jsonschema.Draft202012Validator(schema).iter_errors(document), key=lambda f: f.json_path)
for fault in faults[:20]:
    print(f"{fault.json_path}: {fault.message[:300]}")
sys.exit(bool(faults))
