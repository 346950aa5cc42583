"""Makes figures.ttf, the one font of all figures: DejaVu Sans cut down to what labels need, with the
script capital N of DejaVu Math TeX Gyre. Needs fontTools; run with the two fonts and the result:

    python make_font.py DejaVuSans.ttf DejaVuMathTeXGyre.ttf ../resources/org/noisescape/report/figures.ttf
"""

import sys

from fontTools import subset
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables._c_m_a_p import CmapSubtable
from fontTools.ttLib.scaleUpem import scale_upem

SCRIPT_N = 0x1D4A9
RANGES = [(0x20, 0x7E), (0xA0, 0x24F), (0x2B0, 0x2FF), (0x300, 0x338), (0x370, 0x3FF), (0x400, 0x45F),
          (0x1D2C, 0x1D6A), (0x1E00, 0x1EFF), (0x2000, 0x206F), (0x2070, 0x209C), (0x2100, 0x214F), (0x2190, 0x21FF),
          (0x2200, 0x22FF), (0x2300, 0x230B), (0x25A0, 0x25FF), (0x2605, 0x2606), (0x27E8, 0x27E9)]


def cut(path, codes):
    options = subset.Options(layout_features=["kern", "mark", "mkmk", "ccmp"], hinting=False,
                             name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14], notdef_outline=True)
    font = TTFont(path, recalcTimestamp=False)
    worker = subset.Subsetter(options)
    worker.populate(unicodes=codes)
    worker.subset(font)
    return font


sans = cut(sys.argv[1], [c for low, high in RANGES for c in range(low, high + 1)])
math = cut(sys.argv[2], [SCRIPT_N])
scale_upem(math, sans["head"].unitsPerEm)
source = math.getBestCmap()[SCRIPT_N]
recording = DecomposingRecordingPen(math.getGlyphSet())
math.getGlyphSet()[source].draw(recording)
pen = TTGlyphPen(None)
recording.replay(pen)
name = "u1D4A9"
sans.setGlyphOrder(sans.getGlyphOrder() + [name])
sans["glyf"][name] = pen.glyph()
sans["hmtx"][name] = math["hmtx"][source]
wide = CmapSubtable.newSubtable(12)
wide.platformID, wide.platEncID, wide.language = 3, 10, 0
wide.cmap = {**sans.getBestCmap(), SCRIPT_N: name}
sans["cmap"].tables.append(wide)
for record in sans["name"].names:
    if record.nameID in (1, 3, 4, 6):
        record.string = "NoisescapeSans" if record.nameID == 6 else "Noisescape Sans"
sans.save(sys.argv[3])
