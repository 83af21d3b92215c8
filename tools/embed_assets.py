#!/usr/bin/env python3
"""embed_assets.py OUT.c FILE...: static files as C bytes. The name in the URL carries the hash of
the content, so that a browser may keep a file for ever and still sees the next version at once."""
import base64
import hashlib
import os
import sys

TYPES = {'.css': 'text/css; charset=utf-8', '.js': 'text/javascript; charset=utf-8',
         '.svg': 'image/svg+xml'}


def main():
    with open(sys.argv[1], 'w', encoding='ascii') as out:
        out.write('#include "doors/web/assets.h"\n\n')
        rows = []
        for number, path in enumerate(sys.argv[2:]):
            with open(path, 'rb') as file:
                data = file.read()
            stem, ending = os.path.splitext(os.path.basename(path))
            digest = hashlib.sha256(data).hexdigest()[:12]
            out.write('static const unsigned char bytes_%d[] = {' % number)
            out.write(','.join(str(byte) for byte in data) + '};\n')
            integrity = base64.b64encode(hashlib.sha384(data).digest()).decode()
            rows.append('\t{ "%s", "/assets/%s.%s%s", "%s", "sha384-%s", { (const char *)bytes_%d, %d } },\n'
                        % (stem + ending, stem, digest, ending, TYPES[ending], integrity, number, len(data)))
        out.write('const struct asset assets[] = {\n' + ''.join(rows) + '};\n')
        out.write('const size_t assets_count = %d;\n' % len(rows))


main()
