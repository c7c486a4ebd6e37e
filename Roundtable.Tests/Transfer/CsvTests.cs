using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Options;
using Roundtable.Api.Transfer;
using Roundtable.Application.Profiles;
using Roundtable.Application.Transfer;
using Roundtable.Domain.Common;
using Roundtable.Tests.Properties;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Transfer;

/// <summary>Exported CSV is imported unchanged, and no cell is a formula in between.</summary>
[Category("threat-30")]
public sealed class CsvTests
{
    private const string FormulaStarts = "=+-@\t\r";

    private static readonly ProfileFields NoFields = new(Options.Create(new ProfileOptions()));

    private static readonly ExportColumn<Row>[] Columns =
    [
        new("email", r => r.Email),
        new("name", r => r.Name),
        new("banReason", r => r.BanReason),
    ];

    private static Gen<Row[]> Rows =>
        (
            from email in Texts.Any.Where(t => t.Length > 0)
            from name in Texts.Any
            from reason in Texts.Any
            select new Row(email, name, reason)
        ).ArrayOf();

    [Test]
    public void Export_RoundTrips() =>
        Rows.Hold(rows =>
            Parse(Export(rows))
                .Skip(1)
                .SelectMany(c => c)
                .SequenceEqual(rows.SelectMany(r => (string[])[Safe(r.Email), Safe(r.Name), Safe(r.BanReason)]))
        );

    [Test]
    public void Export_ContainsNoFormulas() =>
        Rows.Hold(rows =>
            !Parse(Export(rows)).SelectMany(c => c).Any(c => c.Length > 0 && FormulaStarts.Contains(c[0], StringComparison.Ordinal))
        );

    [Test]
    public void Import_ReadsExportedFiles() =>
        Rows.Hold(rows =>
        {
            var read = ReadAsync(Encoding.UTF8.GetBytes(Export(rows))).GetAwaiter().GetResult();
            var expected = rows.Select(r => (Cell(r.Email), Cell(r.Name), Cell(r.BanReason))).Where(r => r != (null, null, null));
            return read.Select(r => (r.Email, r.Name, r.BanReason)).SequenceEqual(expected) && read.TrueForAll(r => r.Problems.Count == 0);
        });

    [Test]
    public void Rows_CanBeReadFromAnyBytes() =>
        Texts.Bytes.Hold(bytes =>
        {
            try
            {
                return ReadAsync([.. "email,name\n"u8, .. bytes]).GetAwaiter().GetResult().All(r => r.Line > 1);
            }
            catch (ImportFormatException)
            {
                return true;
            }
        });

    [Test]
    public async Task Import_ReturnsAReportOrAnError_ForAnyBytes()
    {
        using var admin = await TestApp.Current.SignInAsAdminAsync();
        var file = Gen.OneOf(
            Texts.Bytes,
            Texts.Any.Select(Encoding.UTF8.GetBytes),
            Texts.Any.ArrayOf().Select(cells => Encoding.UTF8.GetBytes("email,name,createdAt\n" + string.Join(',', cells))),
            Texts.Any.Select(text => Encoding.UTF8.GetBytes($$"""{"email":"{{text}}"}"""))
        );
        (
            from body in file
            from type in Gen.Elements("text/csv", "application/x-ndjson")
            from dryRun in Gen.Elements("true", "false")
            select (body, type, dryRun)
        ).Hold(
            x =>
            {
                var answer = admin.PostAsync($"/admin/users/import?dryRun={x.dryRun}", Wire.Body(x.body, x.type)).GetAwaiter().GetResult();
                return answer.Status == 200 || answer is { Status: 400, Code: "validation_failed" };
            },
            300
        );
    }

    private static string Export(Row[] rows)
    {
        var http = new DefaultHttpContext();
        using var body = new MemoryStream();
        http.Response.Body = body;
        var result = new ExportResult<Row>(rows.ToAsyncEnumerable(), ExportFormat.Csv, "rows", Columns);
        result
            .ExecuteResultAsync(new ActionContext(http, new RouteData(), new Microsoft.AspNetCore.Mvc.Abstractions.ActionDescriptor()))
            .GetAwaiter()
            .GetResult();
        return Encoding.UTF8.GetString(body.ToArray());
    }

    // Parses RFC 4180 independently of the library that writes the file.
    private static List<List<string>> Parse(string text)
    {
        var (rows, row, cell, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c == '"' && i + 1 < text.Length && text[i + 1] == '"')
                {
                    cell.Append(text[i++]);
                }
                else if (c == '"')
                {
                    quoted = false;
                }
                else
                {
                    cell.Append(c);
                }
            }
            else if (c == '"')
            {
                quoted = true;
            }
            else if (c is ',' or '\n')
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (c == '\n')
                {
                    rows.Add(row);
                    row = [];
                }
            }
            else if (c != '\r' || i + 1 == text.Length || text[i + 1] != '\n')
            {
                cell.Append(c);
            }
        }

        return rows;
    }

    // A formula is prefixed with an apostrophe, which spreadsheets hide; so is text that looks already prefixed.
    private static string Safe(string text) =>
        text.TrimStart('\'') is [var start, ..] && FormulaStarts.Contains(start, StringComparison.Ordinal) ? "'" + text : text;

    // A blank cell has no value, and surrounding whitespace is not part of a value.
    private static string? Cell(string text) => text.Trim().Length == 0 ? null : UnicodeText.Nfc(text.Trim());

    private static async Task<List<ImportRow>> ReadAsync(byte[] bytes)
    {
        using var body = new MemoryStream(bytes);
        return await CsvRows.ReadAsync(body, NoFields, default).ToListAsync();
    }

    internal sealed record Row(string Email, string Name, string BanReason);
}
