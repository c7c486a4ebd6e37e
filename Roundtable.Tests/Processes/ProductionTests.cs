using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Processes;

/// <summary>What applies only in Production: the log format, the cookie's flags, and the hosts served.</summary>
public sealed partial class ProductionTests
{
    private const string CookieName = "__Host-roundtable.session";

    private readonly List<string> secrets = [];
    private readonly Dictionary<string, Answer> answers = [];
    private TempFolder folder = null!;
    private ServerProcess server = null!;
    private List<JsonObject> lines = null!;
    private string adminId = "";
    private string userId = "";
    private string cookie = "";

    /// <summary>Runs a whole scenario, whose logs the tests inspect.</summary>
    [OneTimeSetUp]
    public async Task Run()
    {
        folder = new TempFolder();
        server = await ServerProcess.ServeAsync(
            folder.Name,
            ("ASPNETCORE_ENVIRONMENT", "Production"),
            ("App:AllowDevelopmentDefaults", "true")
        );
        using var browser = server.NewBrowser();

        (adminId, cookie) = await SignInAsync(browser, TestApp.AdminEmail);
        (userId, var userCookie) = await SignInAsync(browser, "ada.lovelace@example.com");
        answers["me"] = await browser.GetAsync("/users/me", ("Cookie", userCookie), ("X-Request-Id", "request-of-ada"));
        answers["update"] = await browser.PatchAsync(
            "/users/me",
            new { name = "Ada", bio = "grace.hopper@example.com" },
            ("Cookie", userCookie)
        );
        answers["list"] = await browser.GetAsync("/admin/users?search=ada.lovelace@example.com", ("Cookie", cookie));
        answers["ban"] = await browser.PostAsync(
            $"/admin/users/{userId}/ban",
            new { reason = "Spam from charles.babbage@example.com" },
            ("Cookie", cookie)
        );
        answers["refused"] = await browser.GetAsync("/users/me", ("Cookie", userCookie));
        answers["unknown"] = await browser.GetAsync("/nowhere/ada.lovelace@example.com?token=secret-in-a-query");
        answers["bad"] = await browser.PostAsync("/auth/magic-link", """{ "email": "eve.online@example.com", "role": "secret-member" }""");
        answers["odd"] = await browser.PostAsync("/auth/magic-link/verify", new { token = "secret-token-that-nobody-made-0123456789abc" });
        secrets.Add("secret-");
        await Task.Delay(1500);
        server.Kill();
        lines = [.. server.OutputLines.Select(l => JsonNode.Parse(l)!.AsObject())];
    }

    [OneTimeTearDown]
    public void Stop()
    {
        server?.Dispose();
        folder?.Dispose();
    }

    [Test]
    public void Log_HasOneJsonObjectPerLine_WithTimeLevelAndMessage()
    {
        Assert.That(server.Errors, Is.Empty);
        Assert.That(lines, Has.Count.GreaterThan(20));
        foreach (var line in lines)
        {
            Assert.Multiple(() =>
            {
                Assert.That((string?)line["timestamp"], Does.Match("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+Z$"));
                Assert.That((string?)line["level"], Is.Not.Empty);
                Assert.That((string?)line["message"], Is.Not.Empty);
            });
        }
    }

    [Test]
    public void Log_HasOneLineForEachRequest()
    {
        var requests = lines.Where(l => l.ContainsKey("route") && (string?)l["route"] != "/health/ready").ToList();
        Assert.That(requests, Has.Count.EqualTo(answers.Count), "every request has a response");
        foreach (var (name, answer) in answers)
        {
            var line = requests.Single(l => (string?)l["requestId"] == answer.Header("X-Request-Id"));
            Assert.Multiple(() =>
            {
                Assert.That((int?)line["status"], Is.EqualTo(answer.Status), name);
                Assert.That((double?)line["durationMs"], Is.GreaterThan(0), name);
                Assert.That((string?)line["method"], Is.AnyOf("GET", "POST", "PATCH"), name);
                Assert.That((string?)line["logType"], Is.EqualTo("system"), name);
            });
        }

        Assert.Multiple(() =>
        {
            Assert.That(Request("me")["route"]!.GetValue<string>(), Is.EqualTo("api/v1/users/me"));
            Assert.That((string?)Request("me")["requestId"], Is.EqualTo("request-of-ada"));
            Assert.That((string?)Request("me")["userId"], Is.EqualTo(userId));
            Assert.That((string?)Request("ban")["route"], Is.EqualTo("api/v1/admin/users/{id}/ban"));
            Assert.That((string?)Request("ban")["userId"], Is.EqualTo(adminId));
            Assert.That((string?)Request("refused")["userId"], Is.Null);
            Assert.That((string?)Request("unknown")["route"], Is.EqualTo("(none)"));
        });
    }

    [TestCase("ban", "banUser", "security", "succeeded")]
    [TestCase("list", "listUsers", "operation", "succeeded")]
    [TestCase("update", "updateMe", "operation", "succeeded")]
    [TestCase("odd", "verifyMagicLink", "auth", "invalid_token")]
    [TestCase("bad", "requestMagicLink", "auth", "validation_failed")]
    [TestCase("refused", "getMe", "operation", "unauthenticated")]
    public void Log_HasOneLineForEachOperation(string answer, string operation, string logType, string outcome)
    {
        var line = lines.Single(l => l.ContainsKey("operationName") && (string?)l["requestId"] == answers[answer].Header("X-Request-Id"));
        Assert.Multiple(() =>
        {
            Assert.That((string?)line["operationName"], Is.EqualTo(operation));
            Assert.That((string?)line["logType"], Is.EqualTo(logType));
            Assert.That((string?)line["outcome"], Is.EqualTo(outcome));
            Assert.That(
                (string?)line["userId"],
                Is.EqualTo(
                    answer switch
                    {
                        "ban" or "list" => adminId,
                        "update" => userId,
                        _ => null,
                    }
                )
            );
            Assert.That((string?)line["targetId"], Is.EqualTo(answer == "ban" ? userId : null));
        });
    }

    [Test]
    public void Log_HasTheOutcomeOfEachMail()
    {
        var mails = lines.Where(l => (string?)l["logType"] == "email" || (string?)l["LogType"] == "email").ToList();
        Assert.That(mails, Has.Count.EqualTo(3), "two links and a notification");
        foreach (var mail in mails)
        {
            Assert.Multiple(() =>
            {
                Assert.That((string?)mail["logType"], Is.EqualTo("email"), "the names are the same in all records");
                Assert.That((string?)mail["operationName"], Is.EqualTo("SendMail"));
                Assert.That((string?)mail["outcome"], Is.EqualTo("sent"));
                Assert.That((string?)mail["to"], Does.Match(@"^.\*\*\*@example\.com$"));
            });
        }
    }

    [Test]
    [Category("threat-23")]
    public void Log_ContainsNoSecretAndNoFullAddress()
    {
        Assert.That(secrets, Has.Count.GreaterThanOrEqualTo(5));
        Assert.Multiple(() =>
        {
            foreach (var secret in secrets)
            {
                Assert.That(server.Output, Does.Not.Contain(secret));
            }

            Assert.That(FullAddress().Matches(server.Output).Select(m => m.Value), Is.Empty);
            Assert.That(server.Output, Does.Not.Contain("#token="));
            Assert.That(server.Output, Does.Not.Contain(CookieName));
        });
    }

    [Test]
    [Category("threat-23")]
    public void Database_ContainsNoSecret()
    {
        foreach (var file in Directory.GetFiles(Path.GetDirectoryName(server.DatabaseFile)!, "roundtable.db*"))
        {
            var content = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file));
            foreach (var secret in secrets.Where(s => s != "secret-"))
            {
                Assert.That(content.Contains(secret, StringComparison.Ordinal), Is.False, Path.GetFileName(file));
            }
        }
    }

    [Test]
    public void Cookie_HasHostPrefixAndSecure()
    {
        var parts = answers["verify " + TestApp.AdminEmail].Header("Set-Cookie").Split('\n')[0].Split("; ");
        Assert.Multiple(() =>
        {
            Assert.That(parts[0], Does.StartWith($"{CookieName}="));
            Assert.That(parts, Does.Contain("path=/").IgnoreCase);
            Assert.That(parts, Does.Contain("secure").IgnoreCase);
            Assert.That(parts, Does.Contain("httponly").IgnoreCase);
            Assert.That(parts, Does.Contain("samesite=lax").IgnoreCase);
            Assert.That(parts, Has.None.StartsWith("domain").IgnoreCase);
            Assert.That(parts, Has.Some.StartsWith("expires=").IgnoreCase);
        });
    }

    private async Task<(string UserId, string Cookie)> SignInAsync(Browser browser, string email)
    {
        answers["link " + email] = (await browser.PostAsync("/auth/magic-link", new { email })).ShouldSucceed(202);
        var token = (await server.Mail.WaitAsync(email))[^1].Token;
        secrets.Add(token);
        var signedIn = answers["verify " + email] = (await browser.PostAsync("/auth/magic-link/verify", new { token })).ShouldSucceed();
        var cookie = signedIn.Header("Set-Cookie").Split(';')[0];
        secrets.Add(cookie.Split('=')[1]);
        return ((string)signedIn.Data["user"]!["id"]!, cookie);
    }

    private JsonObject Request(string answer) =>
        lines.Single(l => l.ContainsKey("route") && (string?)l["requestId"] == answers[answer].Header("X-Request-Id"));

    [GeneratedRegex(@"[\w.+-]*[\w.+-]@[\w-]+\.\w+")]
    private static partial Regex FullAddress();
}
