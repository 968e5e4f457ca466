"""Does one piece of work with one library, and prints the CPU milliseconds that it took after the imports.

usage: peer.py WORK FILE
"""
import resource
import sys
import time


def now():
    return time.process_time(), time.perf_counter()


def calamine(path):
    import python_calamine

    begun = now()
    sheet = python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0)
    rows = sheet.to_python()
    return begun, len(rows)


def fastexcel(path):
    import fastexcel

    begun = now()
    sheet = fastexcel.read_excel(path).load_sheet(0)
    return begun, sheet.height


def openpyxl(path):
    import openpyxl

    begun = now()
    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    rows = sum(1 for _ in workbook.worksheets[0].iter_rows(values_only=True))
    return begun, rows


def write_rows():
    for row in range(100_000):
        yield [
            f"text {row % 1000} {column}" if column % 2 else (row * 10 + column) * 0.25 for column in range(10)
        ]


def xlsxwriter(path):
    import xlsxwriter

    begun = now()
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet("Data")
        for index, row in enumerate(write_rows()):
            sheet.write_row(index, 0, row)
    return begun, 100_000


def rustpy(path):
    import rustpy_xlsxwriter

    names = [f"Column {column}" for column in range(10)]
    records = [dict(zip(names, row)) for row in write_rows()]
    begun = now()
    rustpy_xlsxwriter.write_worksheet(records, path)
    return begun, 100_000


def main():
    work, path = sys.argv[1:3]
    (begun, started), rows = globals()[work](path)
    taken = (time.process_time() - begun) * 1000
    passed = (time.perf_counter() - started) * 1000
    # Kilobytes on Linux.
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{taken:.1f} {rows} {memory:.0f} {passed:.1f}")


main()
