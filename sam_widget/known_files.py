"""What a file is by its first bytes, and what to do with it: one line a kind. Opens nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePath

LOOK = 1024  # first bytes that tell every kind here


@dataclass(frozen=True)
class Kind:
    """One kind of file that people give.

    Attributes
    ----------
    what : str
        With its article, as a sentence goes on after "is".
    starts : bytes
        A regular expression that the file's first bytes match, from the very first. Empty where
        only the suffix tells.
    suffixes : tuple of str
        Names that it goes by, where its bytes are not known by sight.
    instead : str
        What to do to get an image out of it, as a request. Empty where there is none in it.
    """

    what: str
    starts: bytes = b""
    suffixes: tuple[str, ...] = ()
    instead: str = ""


IMAGE = "an image"
_FRAME = "take a frame of it, such as imageio.v3.imread(path, index=0, plugin='pyav') gives"
_RAW = "develop it with rawpy (rawpy.imread(path).postprocess()) and give the array"
_SLIDE = "read it with {0} and give one plane as an array"
_UNPACK = "unpack it and give a file of it"

RAW = Kind(
    "a camera's raw file",
    rb".{4}ftypcrx|II[*]\x00.{4}CR|FUJIFILMCCD-RAW|IIR[OS]|IIU\x00|FOVb",
    (".dng", ".cr2", ".cr3", ".nef", ".nrw", ".arw", ".srf", ".sr2", ".orf", ".rw2", ".raf",
     ".pef", ".srw", ".x3f", ".raw", ".3fr", ".iiq", ".erf", ".kdc", ".mrw", ".rwl"), _RAW,
)  # fmt: skip

PICTURES = (
    Kind("a picture in PNG", rb"\x89PNG\r\n\x1a\n", (".png",)),
    Kind("a picture in JPEG", rb"\xff\xd8\xff", (".jpg", ".jpeg", ".jfif")),
    Kind("a picture in TIFF", rb"II[*+]\x00|MM\x00[*+]", (".tif", ".tiff")),
    Kind("a picture in WebP", rb"RIFF.{4}WEBP", (".webp",)),
    Kind("a picture in GIF", rb"GIF8[79]a", (".gif",)),
    Kind("a picture in BMP", rb"BM.{4}\x00\x00\x00\x00", (".bmp",)),
)  # fmt: skip

# The more special before the more general; what is known by its bytes before what a suffix tells.
KINDS = (
    Kind("a Git LFS pointer, not the file itself", rb"version https://git-lfs",
         instead="run 'git lfs pull' and give it again"),
    Kind("a HEIC photo", rb".{4}ftyp(hei[cxms]|hev[cxms]|mif1|msf1)", (".heic", ".heif", ".hif"),
         "pip install pillow-heif, run 'import pillow_heif; pillow_heif.register_heif_opener()'"
         " and give it again"),
    Kind("an AVIF picture", rb".{4}ftypavi[fs]", (".avif",),
         "pip install pillow-avif-plugin, import pillow_avif and give it again"),
    Kind("a JPEG XL picture", rb"\xff\x0a|\x00\x00\x00\x0cJXL ", (".jxl",),
         "pip install pillow-jxl-plugin, import pillow_jxl and give it again"),
    Kind("a JPEG XR picture", rb"II\xbc\x01", (".jxr", ".wdp", ".hdp"),
         _SLIDE.format("imagecodecs")),
    RAW,
    Kind("a DICOM file", rb".{128}DICM", (".dcm", ".dicom"),
         "read it with pydicom and give its pixel_array"),
    Kind("a NIfTI volume", rb".{344}n[+i]1\x00|\x5c\x01\x00\x00.{340}n[+i]1", (".nii", ".nii.gz"),
         "read it with nibabel and give one slice as an array"),
    Kind("a NumPy .npy file", rb"\x93NUMPY", (".npy",),
         "give the array that np.load reads from it"),
    Kind("a NumPy .npz archive", rb"PK\x03\x04.{26}[^/]{1,200}\.npy", (".npz",),
         "give one array that np.load reads from it"),
    Kind("a MATLAB file", rb"MATLAB \d", (".mat",),
         "read it with scipy.io.loadmat and give one array of it"),
    Kind("an HDF5 file", rb"\x89HDF\r\n\x1a\n", (".h5", ".hdf5", ".ims"),
         "read it with h5py and give one image of it as an array"),
    Kind("a NetCDF file", rb"CDF[\x01\x02\x05]", (".nc",),
         "read it with xarray and give one image of it as an array"),
    Kind("a Zeiss CZI file", rb"ZISRAWFILE", (".czi",), _SLIDE.format("czifile")),
    Kind("a Nikon ND2 file", rb"\xda\xce\xbe\x0a", (".nd2",), _SLIDE.format("nd2")),
    Kind("a Leica LIF file", b"", (".lif",), _SLIDE.format("readlif")),
    Kind("an Olympus file", b"", (".oib", ".oif", ".vsi"), _SLIDE.format("bioio")),
    Kind("a whole-slide picture", b"", (".svs", ".ndpi", ".mrxs", ".scn", ".bif"),
         _SLIDE.format("openslide or tifffile")),
    Kind("a NRRD volume", rb"NRRD000", (".nrrd", ".nhdr"),
         "read it with pynrrd and give one slice as an array"),
    Kind("a MetaImage volume", rb"ObjectType\s*=", (".mha", ".mhd"),
         "read it with SimpleITK and give one slice as an array"),
    Kind("an OpenEXR picture", rb"\x76\x2f\x31\x01", (".exr",),
         "read it with OpenEXR or imageio and give the array"),
    Kind("a Radiance HDR picture", rb"#\?(RADIANCE|RGBE)", (".hdr", ".pic"),
         "read it with imageio and give the array"),
    Kind("a FITS picture", rb"SIMPLE  =", (".fits", ".fit", ".fts"),
         "read it with astropy and give one image of it as an array"),
    Kind("an SVG drawing",
         rb"\s*(<\?xml.{0,400})?(<!--.{0,400}-->\s*)?(<!DOCTYPE svg.{0,300})?<svg",
         (".svg",), "save it as a PNG first, as cairosvg does"),
    Kind("a PDF document", rb"%PDF", (".pdf",), "turn a page into a PNG first, as pypdfium2 does"),
    Kind("a PostScript drawing", rb"%!PS|\xc5\xd0\xd3\xc6", (".eps", ".ps", ".ai"),
         "install Ghostscript, with which Pillow reads it, or save it as a PNG first"),
    Kind("a Windows metafile", rb"\xd7\xcd\xc6\x9a|\x01\x00\x00\x00.{36} EMF", (".wmf", ".emf"),
         "save it as a PNG first"),
    Kind("a Photoshop picture", rb"8BPS\x00[\x01\x02]", (".psd", ".psb"),
         "save it as a PNG or a TIFF of 8 or 16 bits first"),
    Kind("a weather file", rb"GRIB|BUFR", (".grib", ".grb", ".grib2", ".bufr"),
         "read it with xarray and cfgrib and give one field of it as an array"),
    Kind("a GIMP picture", rb"gimp xcf", (".xcf",), "export it as a PNG first"),
    Kind("a Krita or OpenRaster picture",
         rb"PK\x03\x04.{26}mimetype(application/x-krita|image/open)",
         (".kra", ".ora"), "export it as a PNG first"),
    Kind("a video", rb".{4}ftyp(isom|iso\d|mp4\d|avc1|M4V |qt  |3gp|dash|MSNV)|\x1aE\xdf\xa3"
         rb"|RIFF.{4}AVI |\x00\x00\x01[\xba\xb3]|.{4}(moov|mdat|wide)",
         (".mp4", ".mov", ".avi", ".mkv", ".webm", ".m4v", ".mpg", ".mpeg", ".wmv"), _FRAME),
    Kind("a sound", rb"RIFF.{4}WAVE|ID3|OggS|fLaC", (".wav", ".mp3", ".flac", ".ogg")),
    Kind("a web page", rb"\s*<(?i:!doctype html|html|head|body)", (".html", ".htm"),
         "open the page in a browser and save the picture itself"),
    *PICTURES,
    Kind("PyTorch weights", rb"PK\x03\x04.{26}[^/]{1,200}/(data\.pkl|\.format|version|byteorder)",
         (".pth", ".pt", ".ckpt")),
    Kind("a safetensors file", rb".{5}\x00\x00\x00\{", (".safetensors",)),
    Kind("a pickle", rb"\x80[\x02-\x05].{0,20}[\x95}\](]", (".pkl", ".pickle")),
    Kind("an ONNX model", rb"\x08[\x01-\x0f]\x12", (".onnx",)),
    Kind("a GGUF model", rb"GGUF", (".gguf",)),
    Kind("a TensorFlow Lite model", rb".{4}TFL3", (".tflite",)),
    Kind("a Parquet table", rb"PAR1", (".parquet",)),
    Kind("a zip archive", rb"PK\x03\x04|PK\x05\x06", (".zip",), _UNPACK),
    Kind("a gzip archive", rb"\x1f\x8b", (".gz", ".tgz"), _UNPACK),
    Kind("a tar archive", rb".{257}ustar", (".tar",), _UNPACK),
    Kind("a 7z archive", rb"7z\xbc\xaf\x27\x1c", (".7z",), _UNPACK),
    Kind("a rar archive", rb"Rar!", (".rar",), _UNPACK),
    Kind("a bzip2, xz or zstd archive", rb"BZh\d|\xfd7zXZ|\x28\xb5\x2f\xfd", (), _UNPACK),
    Kind("a program", rb"\x7fELF|MZ.{58}"),
    Kind("JSON", rb"(\xef\xbb\xbf)?\s*[\[{]\s*[\]\[{\"]|\xff\xfe[\[{]\x00|\xfe\xff\x00[\[{]",
         (".json", ".geojson")),
    Kind("an annotation in Pascal VOC's XML", rb"\s*(<\?xml.{0,99}?\?>\s*)?<annotation\b[^s]"),
    Kind("an export of CVAT in XML", rb"\s*(<\?xml.{0,99}?\?>\s*)?<annotations\b"),
    Kind("labels of YOLO's", rb"\s*\d+([ \t]+-?\d*\.\d+){4}"),
    Kind("an XML file", rb"\s*<\?xml", (".xml",)),
    Kind("a notebook", b"", (".ipynb",)),
)  # fmt: skip


def kind_of(data: bytes, name: str = "") -> Kind | None:
    """Return what a file is; None where it is of no kind known.

    Parameters
    ----------
    data : bytes
        The first ``LOOK`` bytes of the file, or all of them.
    name : str, optional
        Its name, whose suffix counts only where no kind knows the bytes.
    """
    head = bytes(data[:LOOK])
    for kind in KINDS:
        if kind.starts and re.match(kind.starts, head, re.DOTALL):
            return kind
    lower = PurePath(name).name.lower()
    return next((kind for kind in KINDS if kind.suffixes and lower.endswith(kind.suffixes)), None)


def refusal(name: str, data: bytes, wanted: str) -> str:
    """Return the sentence for a file that cannot be taken: what it is and what to do with it.

    Parameters
    ----------
    name : str
        As the sentence begins: a path, or "The bytes given".
    data : bytes
        The file's first bytes.
    wanted : str
        What was expected in its place, with its article: "an image", "a model's weights".
    """
    kind = kind_of(data, name)
    if not data:
        return f"{name} is empty: {wanted} was expected."
    if wanted == IMAGE and kind in PICTURES:
        if kind is kind_of(data):
            return f"{name} begins as {kind.what}, but is broken or cut off: fetch or save it anew."
        kind = None  # its name alone says so
    if kind is None:
        begins = "text" if _is_text(data[:LOOK]) else f"bytes that begin with {data[:4].hex(' ')}"
        if wanted == IMAGE:
            return f"{name} is not a picture: it holds {begins}, of no kind known here."
        return f"{name} holds {begins}, of no kind known here: {wanted} was expected."
    if kind.instead and wanted == IMAGE:
        return f"{name} is {kind.what}: {kind.instead}."
    return f"{name} is {kind.what}: {wanted} was expected."


def _is_text(head: bytes) -> bool:
    try:
        text = head.decode()
    except UnicodeDecodeError as error:
        text = head[: error.start].decode() if error.start > len(head) - 4 else "\0"
    return all(letter.isprintable() or letter.isspace() for letter in text)
