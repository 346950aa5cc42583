#!/usr/bin/python3
"""Pictures of PictureFileTest and PictureFitTest, and what Pillow and torchvision make of them.

Run from datasets/ with Debian's python3-torchvision:  /usr/bin/python3 src/test/python/make_picture_goldens.py

NAME.rgb holds the bytes (height, width, 3) of Image.open(NAME).convert("RGB"), FIT.rgb those of
rgb.png (29 rows, 37 columns) after torchvision's transforms on Pillow's picture.
"""

import os

import numpy as np
from PIL import Image
from torchvision import transforms
from torchvision.transforms import InterpolationMode

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "resources", "pictures")
random = np.random.default_rng(3)
i, j = np.mgrid[:29, :37]
waves = [127 + 80 * np.sin(i / 5 + k) * np.cos(j / (4 + k)) for k in range(4)]
noisy = np.stack(waves, 2) + random.normal(0, 12, (29, 37, 4))
noisy[5:9, 8:20, :3] = [255, 0, 40]
rgba = np.clip(noisy, 0, 255).astype(np.uint8)
rgb = Image.fromarray(rgba[..., :3])


def path(name):
    return os.path.join(OUT, name)


def dump(name, image):
    with open(path(name + ".rgb"), "wb") as file:
        file.write(np.asarray(image.convert("RGB")).tobytes())


def save(name, image, **how):
    image.save(path(name), **how)
    dump(name, Image.open(path(name)))


save("rgb.png", rgb)
save("rgba.png", Image.fromarray(rgba))
save("grey.png", rgb.convert("L"))
save("grey-alpha.png", Image.fromarray(rgba).convert("LA"))
save("palette.png", rgb.quantize(20), transparency=3)
save("palette4.png", rgb.quantize(4), bits=2)
save("black-white.png", rgb.convert("1"))
save("full.jpg", rgb, quality=90, subsampling=0)
save("halved.jpg", rgb, quality=75, subsampling=2)
save("wide.jpg", rgb, quality=75, subsampling=1)
save("progressive.jpg", rgb, quality=80, progressive=True)
save("grey.jpg", rgb.convert("L"), quality=85)
save("profile.jpg", rgb, quality=80, icc_profile=b"no profile" * 20)
save("profile.png", rgb, icc_profile=b"no profile" * 20)
rgb.convert("CMYK").save(path("inks.jpg"))
Image.fromarray((rgba[..., 0].astype(np.uint16) << 8)).save(path("deep.png"))

MODES = {"box": InterpolationMode.BOX, "bilinear": InterpolationMode.BILINEAR, "bicubic": InterpolationMode.BICUBIC}
for word, mode in MODES.items():
    for size in (8, 20, 41):
        crop = transforms.Compose([transforms.Resize(size, mode), transforms.CenterCrop(size)])
        dump("crop-%s-%dx%d" % (word, size, size), crop(rgb))
        tall = rgb.transpose(Image.Transpose.ROTATE_90)
        dump("tall-%s-%dx%d" % (word, size, size), crop(tall))
    for size in ((7, 50), (29, 11), (12, 37)):
        dump("stretch-%s-%dx%d" % ((word,) + size), transforms.Resize(size, mode)(rgb))
