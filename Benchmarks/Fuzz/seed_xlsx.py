"""Writes the seeds of fuzz-archive and fuzz-sheet: seed_xlsx.py FOLDER, as a rule testdata/fuzz."""
import io
import os
import sys
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
RICH = '<r><rPr><b/></rPr><t xml:space="preserve">a </t></r><r><t>_x0041_</t></r><rPh sb="0" eb="1"><t>no</t></rPh>'

ROWS = [
    '<row r="1"><c r="A1"><v>1</v></c></row>',
    '<row r="1" x14ac:dyDescent="0.25"><c r="A1" s="1" t="s"><v>0</v></c></row>',
    '<row><c t="inlineStr"><is><t xml:space="preserve"> a &amp; b </t></is></c></row>',
    '<row r="2"/><row><c t="str"><f t="shared" si="0" ref="A3:A4">A1&lt;2</f><v>\u00e9&#x41;</v></c></row>'
    '<row r="4"><c r="A4"><f t="shared" si="0"/><v>1</v></c></row>',
    '<row r="1">\n <c r="A1"/>\n <c r="B1" t="b"><v>1</v></c></row>\n',
    '<row r="1"><c r="A1"><v>12x</v></c><c r="B1"><v>1e999</v></c></row>',
    '<row><c><v>1<!-- x -->2</v></c><c><v><![CDATA[7]]></v></c></row>',
    '<row><c><v>1</v><v>2</v></c></row>',
    '<row><c t="str"><v>a]]&gt;b&#xD800;</v></c></row>',
    f'<row r="1"><c r="A1" t="inlineStr"><is>{RICH}</is></c></row>',
    '<row r="1048576"><c r="XFD1048576" t="e"><v>#N/A</v></c></row><row r="2"><c r="A2" t="d"><v>2025-06-24</v></c></row>',
    '<row r="2"><c r="B2"><v>1.5E-3</v></c><c r="A2"><v>9232805278.200001</v></c></row><row r="2"><c r="A2"><v>4</v></c></row>',
]
STRINGS = ['<si><t>one</t></si>', f'<si>{RICH}</si>', '<si><t> _x005F_x0041_ &amp; </t></si><si/>', '<si><t/><t>b</t></si>']
TEXTS = [
    "[$-409]d-mmm-yy;@", '[<1]h:mm;[>=1]yyyy-mm-dd;"a;b"0', "[h]:mm:ss", "0.00E+00;General",
    "SUM(A1:B2,$A:C,1:$3)+'A1 b'!A1&\"A1\"", "Table1[[#This Row],[A'1]]+LOG10(A1)*1E5", "XFD1048576", "A1:B2",
]


def sheet(rows, head='<?xml version="1.0" encoding="UTF-8"?>\n'):
    return (
        f'{head}<worksheet xmlns="{MAIN}" xmlns:x14ac="urn:a" xmlns:x="urn:x"><sheetData>{rows}</sheetData>'
        '<mergeCells count="1"><mergeCell ref="A1:B2"/></mergeCells></worksheet>'
    )


def strings(items):
    return f'<sst xmlns="{MAIN}">{items}</sst>'


def parts(rows, items):
    def relationships(*pairs):
        body = "".join(
            f'<Relationship Id="r{i}" Type="{OFFICE}/{kind}" Target="{target}"/>' for i, (kind, target) in enumerate(pairs)
        )
        return f'<Relationships xmlns="{PACKAGE}">{body}</Relationships>'

    return {
        "_rels/.rels": relationships(("officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets><sheet name="S" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships(
            ("worksheet", "worksheets/sheet1.xml"), ("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")
        ),
        "xl/worksheets/sheet1.xml": sheet(rows),
        "xl/sharedStrings.xml": strings(items),
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>',
    }


class Pipe(io.RawIOBase):
    """Takes bytes and cannot go back: the sizes of an entry then follow it."""

    def __init__(self):
        self.bytes = b""

    def writable(self):
        return True

    def write(self, piece):
        self.bytes += bytes(piece)
        return len(piece)


def archive(contents, method=zipfile.ZIP_DEFLATED, pipe=False, zip64=False):
    target = Pipe() if pipe else io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as file:
        for name, content in contents.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = method
            with file.open(info, "w", force_zip64=zip64) as entry:
                entry.write(content.encode("utf-8"))
    return target.bytes if pipe else target.getvalue()


def write(folder, seeds):
    os.makedirs(folder, exist_ok=True)
    for index, seed in enumerate(seeds):
        with open(os.path.join(folder, f"seed-{index:03}"), "wb") as file:
            file.write(seed)


def main():
    folder = sys.argv[1]
    sheets = []
    for rows in ROWS:
        sheets += [b"\x00" + sheet(rows).encode(), b"\x01" + rows.encode()]
    sheets.append(b"\x00" + sheet(ROWS[0], '<?xml version="1.0" encoding="ISO-8859-1"?>').encode())
    sheets.append(b"\x00" + sheet(ROWS[0], "").replace("<worksheet", "<x:worksheet").encode())
    sheets += [b"\x00" + b"<!DOCTYPE x>" + sheet(ROWS[0], "").encode()]
    for items in STRINGS:
        sheets += [b"\x02" + strings(items).encode(), b"\x03" + items.encode()]
    sheets += [b"\x04" + text.encode() for text in TEXTS]
    write(os.path.join(folder, "sheet"), sheets)

    good = parts(ROWS[1] + ROWS[0].replace("1", "2"), "".join(STRINGS))
    archives = [archive(good), archive(good, zipfile.ZIP_STORED), archive(good, pipe=True), archive(good, zip64=True)]
    archives.append(archive({"a": "a", "b/": "", "\u00e9": "text"}))
    archives.append(archives[0] + b"a comment")
    archives.append(archives[0][:-30])
    archives += [b"", b"PK\x05\x06" + bytes(18), b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"a,b\n1,2\n", b"<html>"]
    write(os.path.join(folder, "archive"), [mode + seed for seed in archives for mode in (b"\x00", b"\x01")])


main()
