using System.Text;
using System.Text.Json;
using Microsoft.Playwright;
using Roundtable.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace Roundtable.Tests.Dashboard;

/// <summary>Files of other systems are imported: the dashboard shows them first, and gives their columns the API's names.</summary>
public sealed class ImportColumnsJourneyTests
{
    private static TestApp App => Screen.App;

    [Test]
    public async Task ForeignFile_IsShown_Mapped_Tried_AndImported()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await OpenAsync(admin);
        var (ada, grace) = (TestApp.NewEmail("ada"), TestApp.NewEmail("grace"));
        var requests = 0;
        page.Request += (_, r) => requests += r.Url.Contains("/users/import", StringComparison.Ordinal) ? 1 : 0;
        // As a German spreadsheet writes it; line 3 has a note of two lines, and line 5 no address.
        await DropAsync(
            page,
            "staff.csv",
            $"E-Mail;Vorname;Nachname;Firma;Notiz\n{ada};Ada;Lovelace;Analytical Engines;\n"
                + $"{grace};Grace;Hopper;Navy;\"two\nlines\"\nnobody;No;Body;;\n"
        );
        var preview = page.OpenDialog().GetByRole(AriaRole.Table, new() { Name = "First rows" });
        await Expect(preview.GetByRole(AriaRole.Columnheader)).ToHaveTextAsync(["E-mail", "Company", "Name"]);
        await Expect(preview.GetByText("Ada Lovelace")).ToBeVisibleAsync();
        await page.ShowsAsync("Choose what they are imported as, or leave them out: “Notiz”");
        await Expect(page.OpenDialog().Button("Try it")).ToBeDisabledAsync();
        Assert.That(requests, Is.Zero, "nothing is sent before the trial");

        await page.GetByRole(AriaRole.Combobox, new() { Name = "Notiz imported as" }).ClickAsync();
        await page.GetByRole(AriaRole.Option, new() { Name = "Leave out", Exact = true }).ClickAsync();
        await page.OpenDialog().Button("Try it").ClickAsync();
        await page.ShowsAsync("Trial: of 3, 2 would be created, 0 skipped, 1 fail.");
        var failed = page.OpenDialog().GetByRole(AriaRole.Row).Filter(new() { HasText = "nobody" });
        await Expect(failed).ToContainTextAsync("E-mail: This is not an e-mail address.");
        await Expect(failed.GetByRole(AriaRole.Cell).First).ToHaveTextAsync("5", new() { UseInnerText = true });

        await page.OpenDialog().Button("Import").ClickAsync();
        await page.ShowsAsync("Of 3, 2 were created, 0 skipped, 1 failed.");
        var report = await page.RunAndWaitForDownloadAsync(() => page.OpenDialog().Button("Download the report").ClickAsync());
        Assert.That(report.SuggestedFilename, Is.EqualTo("import-report-staff.csv"));
        Assert.That(
            await File.ReadAllLinesAsync(await report.PathAsync()),
            Is.EqualTo(new[] { "Line,E-mail,Outcome,Why", "5,nobody,failed,E-mail: This is not an e-mail address." })
        );
        var created = (await admin.GetAsync($"/admin/users?search={grace}")).ShouldSucceed().Items.Single();
        Assert.That((string?)created["name"], Is.EqualTo("Grace Hopper"));
        Assert.That((string?)created["profile"]!["extra"]!["company"], Is.EqualTo("Navy"));
    }

    [Test]
    public async Task LongFile_IsRewritten_WhileThePageAnswers_AndOnAnotherPage()
    {
        const int rows = 100_000;
        using var admin = await App.SignInAsAdminAsync();
        var page = await OpenAsync(admin);
        var sent = new TaskCompletionSource<string>();
        var go = new TaskCompletionSource();
        await page.RouteAsync("**/users/import**", async route =>
        {
            sent.TrySetResult(Encoding.UTF8.GetString(route.Request.PostDataBuffer!));
            await go.Task;
            await route.FulfillAsync(
                new()
                {
                    ContentType = "application/json",
                    Body = JsonSerializer.Serialize(
                        new
                        {
                            success = true,
                            data = new
                            {
                                dryRun = true,
                                total = rows,
                                created = rows,
                                skipped = 0,
                                failed = 0,
                                rows = Array.Empty<object>(),
                                rowsOmitted = 0,
                            },
                        }
                    ),
                }
            );
        });
        var text = new StringBuilder("Full name,E-Mail address,Department\n");
        for (var i = 0; i < rows; i++)
        {
            text.Append("Person ").Append(i).Append(",p").Append(i).Append("@example.com,\"Sales, ").Append(i).Append("\"\n");
        }

        await ChooseAsync(page, "long.csv", text.ToString());
        await page.OpenDialog().Button("Leave them out").ClickAsync();
        await page.OpenDialog().Button("Try it").ClickAsync();
        await page.Keyboard.PressAsync("Escape");
        await page.GetByRole(AriaRole.Link, new() { Name = "Outbox" }).ClickAsync();
        await page.ShowsHeadingAsync("Outbox");
        await Expect(page.Section("Work under way").GetByText("long.csv")).ToBeVisibleAsync();
        var lines = (await sent.Task).TrimEnd().Split("\r\n");
        Assert.That(
            (lines.Length, lines[0], lines[^1]),
            Is.EqualTo((rows + 1, "name,email", $"Person {rows - 1},p{rows - 1}@example.com"))
        );
        go.SetResult();
        await page.Section("Work under way").GetByRole(AriaRole.Link, new() { Name = "Show the report" }).ClickAsync();
        await page.ShowsAsync("Trial: of 100,000, 100,000 would be created, 0 skipped, 0 fail.");
        await page.OpenDialog().Button("Back to the columns").ClickAsync();
        await Expect(page.GetByRole(AriaRole.Combobox, new() { Name = "Department imported as" })).ToHaveValueAsync("Leave out");

        await ChooseAsync(page, "latin.csv", "email;Name\nada@example.com;J\u00f6rg\n", Encoding.Latin1);
        await page.OpenDialog().Button("Try it").ClickAsync();
        await page.ShowsAsync("Line 2: the file is not in UTF-8.");
    }

    [Test]
    public async Task Template_NamesTheColumns_AndCanBeImported()
    {
        using var admin = await App.SignInAsAdminAsync();
        var page = await OpenAsync(admin);
        var template = await page.RunAndWaitForDownloadAsync(() => page.OpenDialog().Button("Download a template").ClickAsync());
        var lines = await File.ReadAllLinesAsync(await template.PathAsync());
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[0].Split(','), Does.Contain("email").And.Contain("name").And.Contain("extra.company").And.Contain("extra.score"));
        await ChooseAsync(page, "template.csv", string.Join('\n', lines).Replace("ada@", $"{Guid.NewGuid():N}@", StringComparison.Ordinal));
        await Expect(page.OpenDialog().GetByRole(AriaRole.Combobox)).ToHaveCountAsync(0);
        await page.OpenDialog().Button("Try it").ClickAsync();
        await page.ShowsAsync("Trial: of 1, 1 would be created, 0 skipped, 0 fail.");
    }

    private static async Task<IPage> OpenAsync(Support.Browser admin)
    {
        var page = await Screen.OpenAsync(admin);
        await page.GotoAsync("/admin/users?dialog=import");
        return page;
    }

    private static Task ChooseAsync(IPage page, string name, string text, Encoding? encoding = null) =>
        page.OpenDialog()
            .Locator("input[type=file]")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = name,
                    MimeType = "text/csv",
                    Buffer = (encoding ?? Encoding.UTF8).GetBytes(text),
                }
            );

    private static async Task DropAsync(IPage page, string name, string text)
    {
        var files = await page.EvaluateHandleAsync(
            "([name, text]) => { const t = new DataTransfer(); t.items.add(new File([text], name, { type: 'text/csv' })); return t; }",
            new[] { name, text }
        );
        await page.GetByTestId("drop").DispatchEventAsync("drop", new { dataTransfer = files });
    }
}
