#!/usr/bin/env python3
"""Checks every manifest below a folder against Kubernetes' own schemas, unknown fields included.

    pip install kubernetes-validate && scripts/strict-schema.py dist 1.37
"""
import functools
import pathlib
import sys

import kubernetes_validate.utils
import yaml

# Kinds of controllers; their schemas are not part of Kubernetes.
FOREIGN = {'IngressRouteTCP', 'IngressRouteUDP', 'ScaledObject', 'TargetGroupBinding', 'TriggerAuthentication'}

# It would read all definitions again for every object.
kubernetes_validate.utils.schema_contents = functools.cache(kubernetes_validate.utils.schema_contents)
kubernetes_validate.utils.all_versions = functools.cache(kubernetes_validate.utils.all_versions)
# Written in C it takes a tenth of the time.
LOADER = getattr(yaml, 'CSafeLoader', yaml.SafeLoader)

folder, version = sys.argv[1:]
checked, problems = 0, []
for path in sorted(pathlib.Path(folder).rglob('k8s/**/*.yaml')):
    for manifest in yaml.load_all(path.read_text(), LOADER):
        if manifest['kind'] in FOREIGN:
            continue
        checked += 1
        try:
            kubernetes_validate.validate(manifest, version, strict=True)
        except Exception as problem:
            problems.append(f'{path}: {manifest["kind"]}/{manifest["metadata"]["name"]}: {str(problem).splitlines()[0]}')

print('\n'.join(problems + [f'{checked} objects checked against Kubernetes {version}, {len(problems)} with problems']))
sys.exit(1 if problems or checked == 0 else 0)
