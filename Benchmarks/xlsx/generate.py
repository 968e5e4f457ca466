"""Writes the workbooks that the readers are measured on: 100,001 rows of 10 columns each.

usage: generate.py FOLDER
"""
import datetime
import os
import random
import sys

import xlsxwriter

ROWS = 100_000
SECTORS = ["Banking", "Telecommunication", "Insurance", "Services", "Industry", "Hotels", "Agriculture"]


def words(chooser):
    return " ".join(
        "".join(chooser.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(chooser.randint(3, 8)))
        for _ in range(2)
    )


def mixed(path, inline):
    """Texts that repeat, prices, counts and days, as a report has them."""
    chooser = random.Random(7)
    companies = [words(chooser).title() for _ in range(500)]
    with xlsxwriter.Workbook(path, {"constant_memory": inline}) as workbook:
        sheet = workbook.add_worksheet("Data")
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        header = ["Company", "Code", "Sector", "Day", "Open", "Close", "Average", "Change", "Trades", "Volume"]
        sheet.write_row(0, 0, header)
        start = datetime.date(2020, 1, 1)
        for row in range(1, ROWS + 1):
            index = chooser.randrange(500)
            price = chooser.randint(10, 3000) / 100
            sheet.write_string(row, 0, companies[index])
            sheet.write_string(row, 1, f"C{index:03d}")
            sheet.write_string(row, 2, SECTORS[index % 7])
            sheet.write_datetime(row, 3, start + datetime.timedelta(days=row // 100), day)
            sheet.write_number(row, 4, price)
            sheet.write_number(row, 5, price + chooser.randint(-9, 9) / 100)
            sheet.write_number(row, 6, price * 1.0037)
            sheet.write_number(row, 7, chooser.randint(-1000, 1000) / 100)
            sheet.write_number(row, 8, chooser.randint(1, 400))
            sheet.write_number(row, 9, chooser.randint(1000, 10_000_000))


def numbers(path):
    """A million numbers, half of them with all 17 digits."""
    chooser = random.Random(8)
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Data")
        sheet.write_row(0, 0, [f"Column {column}" for column in range(10)])
        for row in range(1, ROWS + 1):
            for column in range(10):
                number = chooser.random() * 1000 if column % 2 else chooser.randint(0, 1_000_000)
                sheet.write_number(row, column, number)


def strings(path):
    """A million texts, about half of them different."""
    chooser = random.Random(9)
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet("Data")
        sheet.write_row(0, 0, [f"Column {column}" for column in range(10)])
        pool = [words(chooser) for _ in range(1000)]
        for row in range(1, ROWS + 1):
            for column in range(10):
                text = f"{words(chooser)} {row}" if column % 2 else chooser.choice(pool)
                sheet.write_string(row, column, text)


def main():
    folder = sys.argv[1]
    os.makedirs(folder, exist_ok=True)
    writers = {
        "mixed": lambda path: mixed(path, inline=False),
        "numbers": numbers,
        "strings": strings,
        "inline": lambda path: mixed(path, inline=True),
    }
    for name, write in writers.items():
        path = os.path.join(folder, f"{name}.xlsx")
        if not os.path.exists(path):
            write(path)


main()
