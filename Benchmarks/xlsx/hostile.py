"""Writes hostile files: hostile.py FOLDER. Each is to be read or refused, in bounded time and memory.

Most are small and say that they are large; together they have a few megabytes.
"""
import base64
import io
import os
import random
import struct
import sys
import zipfile
import zlib

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
MEGABYTE = 1 << 20


def relationships(*pairs):
    body = "".join(f'<Relationship Id="r{i}" Type="{OFFICE}/{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(pairs))
    return f'<Relationships xmlns="{PACKAGE}">{body}</Relationships>'


def base():
    """The parts of a small workbook, as lists of pieces that may be repeated: (bytes, times)."""
    texts = {
        "_rels/.rels": relationships(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
        ),
        "xl/worksheets/sheet1.xml": sheet('<row><c t="s"><v>0</v></c></row>'),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}"><si><t>one</t></si></sst>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/></cellXfs></styleSheet>',
    }
    return {name: [(text.encode(), 1)] for name, text in texts.items()}


def sheet(rows):
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def rows(*pieces):
    """A sheet whose data is pieces, each repeated."""
    head, tail = sheet("|").split("|")
    return [(head.encode(), 1)] + [(piece.encode(), times) for piece, times in pieces] + [(tail.encode(), 1)]


def part(root, *pieces):
    return (
        [(f'<{root} xmlns="{MAIN}" xmlns:r="{OFFICE}">'.encode(), 1)]
        + [(piece.encode(), times) for piece, times in pieces]
        + [(f"</{root}>".encode(), 1)]
    )


def noise(pieces):
    """Comments that do not pack, so many that a large part is not refused for its ratio alone."""
    size = sum(len(piece) * times for piece, times in pieces)
    if size <= 64 * MEGABYTE or not any(b"<" in piece for piece, _ in pieces):
        return []
    chooser = random.Random(7)
    return [(b"<!--" + base64.b64encode(chooser.randbytes(30_000)) + b"-->", 1) for _ in range(size // 400 // 30_000 + 1)]


def write(path, parts, method=zipfile.ZIP_DEFLATED):
    with zipfile.ZipFile(path, "w", method, compresslevel=6) as file:
        for name, pieces in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = method
            with file.open(info, "w", force_zip64=True) as entry:
                for piece, times in pieces + noise(pieces):
                    # A megabyte at a time: a single write for each cell would take minutes.
                    block = max(1, MEGABYTE // max(1, len(piece)))
                    while times > 0:
                        count = min(block, times)
                        entry.write(piece * count)
                        times -= count


def counted(template, count):
    return "".join(template.format(n=n) for n in range(1, count + 1))


def workbooks():
    """Workbooks that ask for too much, by name: the parts that differ."""
    cell = '<c><v>1</v></c>'
    wide = f"<row>{cell * 1000}</row>"
    text = '<c t="inlineStr"><is><t>' + "x" * 30_000 + "</t></is></c>"
    formula = "<c><f>A1</f><v>1</v></c>"
    rich = "<si>" + '<r><rPr><b/></rPr><t>a</t></r>' * 1000 + "</si>"
    backwards = "".join(f'<c r="{letters(column)}1"><f>A1</f><v>1</v></c>' for column in range(900, 0, -1))
    one = "xl/worksheets/sheet1.xml"
    yield "ratio", {one: [(b" " * MEGABYTE, 900)]}
    yield "cells", {one: rows((wide, 20_000))}
    yield "cells-with-formulas", {one: rows((f"<row>{formula * 1000}</row>", 11_000))}
    # The same row again and again, and from right to left: all of it must be put in order.
    yield "cells-out-of-order", {one: rows((f'<row r="1">{backwards}</row>', 8_800))}
    yield "blanks", {one: rows((" " * 10_000, 100_000))}
    yield "empty-rows", {one: rows(("<row/>", 3_000_000))}
    yield "empty-cells", {one: rows((f'<row r="1">{"<c/>" * 1000}</row>', 100_000))}
    yield "long-texts", {one: rows((f"<row>{text * 10}</row>", 3000))}
    yield "one-endless-text", {one: rows(('<row><c t="str"><v>', 1), ("x" * 10_000, 50_000), ("</v></c></row>", 1))}
    yield "one-endless-tag", {one: rows(("<row ", 1), (" " * 10_000, 20_000), ("/>", 1))}
    yield "one-endless-comment", {one: rows(("<!--", 1), ("x" * 10_000, 20_000), ("-->", 1))}
    yield "one-endless-cdata", {one: rows(('<row><c t="str"><v><![CDATA[', 1), ("x" * 10_000, 20_000), ("]]></v></c></row>", 1))}
    yield "many-instructions", {one: rows(("<?a b?>", 20_000_000))}
    yield "many-references", {one: rows(('<row><c t="str"><v>', 1), ("&amp;", 20_000_000), ("</v></c></row>", 1))}
    yield "many-escapes", {one: rows(('<row><c t="str"><v>' + "_x0041_" * 140_000 + "</v></c></row>", 300))}
    yield "deep", {one: rows(("<a>", 1_000_000), ("</a>", 1_000_000))}
    yield "deep-cells", {one: rows(("<row><c>", 100_000))}
    yield "attributes", {one: rows(("<row " + counted('a{n}="1" ', 200_000) + "/>", 1))}
    yield "namespaces", {one: rows(("<row " + counted('xmlns:a{n}="urn:{n}" ', 100_000) + "/>", 1))}
    yield "bad-numbers", {one: rows((f"<row>{'<c><v>x</v></c>' * 1000}</row>", 5000))}
    yield "long-numbers", {one: rows((f"<row>{'<c><v>' + '9' * 100_000 + '</v></c>'}</row>", 1000))}
    yield "far-cells", {one: rows(('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>2</v></c></row>', 1))}
    yield "beyond-the-sheet", {one: rows(('<row><c r="XFE1"><v>1</v></c></row>', 1))}
    yield "shared-formulas", {one: rows((f'<row>{"<c><f t=%sshared%s si=%s1%s>A1</f></c>".replace("%s", chr(34)) * 1000}</row>', 2000))}
    yield "merges", {one: part("worksheet", ("<sheetData/><mergeCells>", 1), ('<mergeCell ref="A1:XFD1048576"/>', 3_000_000), ("</mergeCells>", 1))}
    yield "links", {one: part("worksheet", ("<sheetData/><hyperlinks>", 1), ('<hyperlink ref="A1" location="x"/>', 3_000_000), ("</hyperlinks>", 1))}
    yield "doctype", {one: [(b"<!DOCTYPE a [<!ENTITY b 'x'>]>" + sheet("<row><c><v>&b;</v></c></row>").encode(), 1)]}
    yield "laughs", {one: [(laughs().encode(), 1)]}
    yield "outside", {one: [(b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'>" + sheet("").encode(), 1)]}
    yield "strings", {"xl/sharedStrings.xml": part("sst", ("<si><t>a</t></si>", 20_000_000))}
    yield "empty-strings", {"xl/sharedStrings.xml": part("sst", ("<si/>", 30_000_000))}
    yield "long-strings", {"xl/sharedStrings.xml": part("sst", ("<si><t>" + "x" * 30_000 + "</t></si>", 10_000))}
    yield "rich-strings", {"xl/sharedStrings.xml": part("sst", (rich, 15_000))}
    yield "rich-cells", {one: rows((f'<row>{"<c t=%sinlineStr%s><is>".replace("%s", chr(34)) + rich[4:-5] + "</is></c>"}</row>', 15_000))}
    yield "styles", {"xl/styles.xml": part("styleSheet", ("<cellXfs>", 1), ('<xf numFmtId="14"/>', 4_000_000), ("</cellXfs>", 1))}
    yield "formats", {"xl/styles.xml": part("styleSheet", ("<numFmts>" + counted('<numFmt numFmtId="{n}" formatCode="yyyy;;;;0"/>', 300_000) + "</numFmts>", 1))}
    yield "long-format", {"xl/styles.xml": part("styleSheet", ('<numFmts><numFmt numFmtId="164" formatCode="' + "[&lt;1]" * 100_000 + '"/></numFmts>', 1))}
    yield "sheets", {"xl/workbook.xml": part("workbook", ("<sheets>", 1), ('<sheet name="S" sheetId="1" r:id="r0"/>', 1_000_000), ("</sheets>", 1))}
    yield "names", {"xl/workbook.xml": part("workbook", ("<sheets/><definedNames>", 1), ('<definedName name="a">b</definedName>', 2_000_000), ("</definedNames>", 1))}
    yield "related", {"xl/_rels/workbook.xml.rels": [(f'<Relationships xmlns="{PACKAGE}">'.encode(), 1), (b'<Relationship Id="a" Type="b" Target="c"/>', 2_000_000), (b"</Relationships>", 1)]}
    yield "large-styles", {"xl/styles.xml": part("styleSheet", (" " * 10_000, 20_000))}


def letters(column):
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def laughs():
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE a [<!ENTITY l0 "lol">{entities}]>' + sheet('<row><c t="str"><v>&l9;</v></c></row>')


def entry(name, packed, size, crc, method=8, offset=None):
    name = name.encode()
    fields = struct.pack("<HHHHHIIIHH", 20, 0, method, 0, 33, crc, len(packed), size, len(name), 0)
    local = b"PK\x03\x04" + fields + name + packed
    return local, lambda at: b"PK\x01\x02" + struct.pack("<H", 20) + fields + struct.pack("<HHHII", 0, 0, 0, 0, at if offset is None else offset) + name


def archive(entries, count=None):
    data, directory = b"", b""
    for local, central in entries:
        directory += central(len(data))
        data += local
    end = struct.pack("<HHHHIIH", 0, 0, count or len(entries), count or len(entries), len(directory), len(data), 0)
    return data + directory + b"PK\x05\x06" + end


def archives():
    """Archives that are not what they say."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    zeros = b"".join(packer.compress(bytes(MEGABYTE)) for _ in range(600)) + packer.flush()
    yield "honest-bomb", archive([entry("xl/worksheets/sheet1.xml", zeros, 600 * MEGABYTE, 0)])
    yield "lying-bomb", archive([entry("_rels/.rels", zeros, 10, 0)])
    yield "overlapping-bomb", archive([entry(f"f{n}", zeros if n == 0 else b"", 600 * MEGABYTE, 0, offset=0) for n in range(3)])
    yield "one-place-for-all", archive([entry("a" if n == 0 else "a", b"", 0, 0, offset=0) for n in range(60_000)])
    yield "many-entries", archive([entry(f"f{n}", b"", 0, 0, 0) for n in range(65_535)])
    yield "entries-that-are-not-there", archive([entry("a", b"", 0, 0, 0)], count=60_000)
    yield "long-name", archive([entry("a" * 65_535, b"", 0, 0, 0)])
    wide = b"PK\x06\x06" + struct.pack("<QHHIIQQQQ", 44, 45, 45, 0, 0, 2**63, 2**63, 2**64 - 1, 2**63)
    locator = b"PK\x06\x07" + struct.pack("<IQI", 0, 0, 1)
    yield "wide-numbers", b"PK\x03\x04" + wide[4:] + wide + locator + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0)
    yield "wide-numbers-2", wide + locator + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 65535, 65535, 2**32 - 1, 2**32 - 1, 0)
    yield "only-the-end", b"PK\x05\x06" + bytes(18)
    yield "ends-in-the-tail", b"PK\x03\x04" + b"PK\x05\x06" * 20_000


def compound(*names):
    """An OLE compound file with a directory of these names."""
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + struct.pack("<H", 9) + bytes(16) + struct.pack("<I", 0)
    header = header.ljust(76, b"\0") + struct.pack("<I", 1) + b"\xff" * 432
    directory = b""
    for name in ("Root Entry",) + names:
        text = (name + "\0").encode("utf-16-le")
        directory += text.ljust(64, b"\0") + struct.pack("<H", len(text)) + bytes(62)
    return header + directory.ljust(512, b"\0") + (struct.pack("<I", 2**32 - 2) + b"\xff" * 508)


def others():
    """Files that are no workbooks."""
    yield "empty.xlsx", b""
    yield "xls.xlsx", compound("Workbook")
    yield "xls-5.xls", compound("Book")
    yield "encrypted.xlsx", compound("EncryptionInfo", "EncryptedPackage")
    yield "word.doc", compound("WordDocument")
    yield "loop.xls", compound("A")[:-512] + struct.pack("<I", 0) * 128
    yield "rows.csv", b"Code,Close\r\nBBOB,1.45\r\n"
    yield "page.xls", b"<html><table><tr><td>1</td></tr></table></html>"
    yield "2003.xml", b"<?xml version='1.0'?><Workbook xmlns='urn:schemas-microsoft-com:office:spreadsheet'/>"
    yield "picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100)
    yield "paper.pdf", b"%PDF-1.7\n" + bytes(100)
    yield "~$lock.xlsx", b"\x05owner" + b" " * 159
    yield "zeros.xlsx", bytes(MEGABYTE)


def zipped(contents):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as file:
        for name, content in contents:
            file.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return target.getvalue()


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)

    def put(name, content):
        with open(os.path.join(folder, name), "wb") as file:
            file.write(content)

    for name, changes in workbooks():
        write(os.path.join(folder, f"workbook-{name}.xlsx"), base() | changes)
    for name, content in archives():
        put(f"archive-{name}.xlsx", content)
    for name, content in others():
        put(name, content)
    put("binary.xlsb", zipped([("_rels/.rels", relationships(("officeDocument", "xl/workbook.bin"))), ("xl/workbook.bin", "x")]))
    put("open.ods", zipped([("mimetype", "application/vnd.oasis.opendocument.spreadsheet"), ("content.xml", "<a/>")]))
    put("letter.docx", zipped([("_rels/.rels", relationships(("officeDocument", "word/document.xml"))), ("word/document.xml", "<a/>")]))
    put("plain.zip", zipped([("a.txt", "a")]))
    write(os.path.join(folder, "good.xlsx"), base())
    with open(os.path.join(folder, "good.xlsx"), "rb") as file:
        good = file.read()
    os.makedirs(os.path.join(folder, "cut"), exist_ok=True)
    for length in range(len(good)):
        put(f"cut/{length:05}.xlsx", good[:length])


main()
