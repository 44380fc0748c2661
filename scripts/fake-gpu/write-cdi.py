#!/usr/bin/env python3
"""write-cdi.py BOX.json FOLDER: the CDI spec of the box, with indices, UUIDs, slices and `all`."""
import json, os, sys

with open(sys.argv[1], encoding='utf-8') as file:
    gpus = json.load(file)['gpus']


def device(name, indices):
    nodes = [{'path': f'/dev/nvidia{index}', 'hostPath': '/dev/null'} for index in indices]
    return {'name': name, 'containerEdits': {'env': [f'FAKE_GPU={name}'], 'deviceNodes': nodes}}


devices = [device('all', [gpu['index'] for gpu in gpus])]
for gpu in gpus:
    devices += [device(str(gpu['index']), [gpu['index']]), device(gpu['uuid'], [gpu['index']])]
    for place, part in enumerate(gpu.get('slices', [])):
        devices += [device(f"{gpu['index']}:{place}", [gpu['index']]), device(part['uuid'], [gpu['index']])]
with open(os.path.join(sys.argv[2], 'nvidia.json'), 'w', encoding='utf-8') as file:
    json.dump({'cdiVersion': '0.6.0', 'kind': 'nvidia.com/gpu', 'devices': devices}, file)
