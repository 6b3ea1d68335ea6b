"""Validates Kubernetes manifests, named one a line on standard input, strictly against one version's schema."""

import json
import sys

import kubernetes_validate
import yaml

VERSION = "1.35"

report = {"objects": 0, "kinds": {}, "errors": [], "unknown": []}
for path in sys.stdin.read().split("\n"):
    with open(path, encoding="utf-8") as file:
        for manifest in yaml.load_all(file, Loader=yaml.CSafeLoader):
            kind = manifest.get("kind", "?")
            report["objects"] += 1
            report["kinds"][kind] = report["kinds"].get(kind, 0) + 1
            try:
                kubernetes_validate.validate(manifest, VERSION, strict=True)
            except kubernetes_validate.SchemaNotFoundError:
                if kind not in report["unknown"]:
                    report["unknown"].append(kind)
            except kubernetes_validate.ValidationError as error:
                report["errors"].append(f"{path} {kind}: {'.'.join(map(str, error.path))}: {error.message}")
json.dump(report, sys.stdout)
