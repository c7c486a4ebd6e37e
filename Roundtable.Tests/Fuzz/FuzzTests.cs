using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Roundtable.Tests.OpenApi;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Fuzz;

/// <summary>
/// Requests generated from the API document, as signed-out caller, user and admin: none returns 5xx, and every response (status, code,
/// media type, shape) is documented for the operation. The slow variant sends 4,000 requests, or ROUNDTABLE_FUZZ_REQUESTS (20,000 in
/// the pipeline); ROUNDTABLE_FUZZ_SEED varies the run.
/// </summary>
[Category("threat-26")]
[NonParallelizable]
public sealed class FuzzTests
{
    private const int Workers = 8;
    private const int LongestChecked = 256 * 1024;

    private static readonly int Seed = Setting("ROUNDTABLE_FUZZ_SEED", 20261126);

    private ConcurrentDictionary<string, string> wrong = null!;
    private ConcurrentDictionary<string, int> statuses = null!;
    private TestApp app = null!;
    private HttpClient http = null!;
    private ServedDocument document = null!;
    private int answered;

    [OneTimeSetUp]
    public async Task Start()
    {
        app = TestApp.Start(
            ("Auth:MagicLink:MaxPerWindow", "100"),
            ("Profile:Fields:company:MaxLength", "50"),
            ("Profile:Fields:birthday:Type", "Date")
        );
        http = new HttpClient(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                Expect100ContinueTimeout = TimeSpan.FromMinutes(1),
            }
        )
        {
            BaseAddress = app.BaseAddress,
        };
        using var browser = app.NewBrowser();
        document = new ServedDocument((await browser.RawAsync(HttpMethod.Get, "/openapi/v1.json")).ShouldSucceed().Json.AsObject());
    }

    [OneTimeTearDown]
    public async Task Stop()
    {
        http.Dispose();
        await app.DisposeAsync();
    }

    [Test]
    public Task EveryResponse_IsDocumented() => RunAsync(800);

    [Test]
    [Category("Slow")]
    public Task EveryResponse_IsDocumented_InALongRun() => RunAsync(Setting("ROUNDTABLE_FUZZ_REQUESTS", 4_000));

    private async Task RunAsync(int count)
    {
        (answered, wrong, statuses) = (0, new(StringComparer.Ordinal), new(StringComparer.Ordinal));
        TestContext.Progress.WriteLine($"fuzz: {count} requests over {document.Operations.Count} operations, seed {Seed}");
        var clock = Stopwatch.StartNew();
        var requests = new FuzzRequests(document, await FillPoolAsync(), Seed);
        var signIns = await Task.WhenAll(
            Enumerable.Range(0, Workers).Select(worker => Task.Run(() => RunWorkerAsync(worker, count, requests)))
        );
        TestContext.Progress.WriteLine(
            $"fuzz: answered {answered} in {clock.Elapsed.TotalSeconds:0} s, {signIns.Sum()} sign-ins; "
                + $"{string.Join(", ", statuses.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => $"{s.Key}: {s.Value}"))}"
        );

        Assert.Multiple(() =>
        {
            Assert.That(string.Join("\n\n", wrong.Values.Take(40)), Is.Empty, $"{wrong.Count} kinds of wrong answers");
            Assert.That(answered, Is.EqualTo(count));
            Assert.That(
                statuses.GetValueOrDefault("2xx"),
                Is.GreaterThan(count / 10),
                "most requests are refused before they reach an endpoint"
            );
        });
    }

    private static int Setting(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out var value)
            ? value
            : otherwise;

    private async Task<int> RunWorkerAsync(int worker, int count, FuzzRequests requests)
    {
        using var people = new FuzzPeople(app, worker);
        for (var index = worker; index < count; index += Workers)
        {
            var request = requests.Make(index);
            var answer = await SendAsync(request, await people.CookieOfAsync(request.Role));
            Interlocked.Increment(ref answered);
            statuses.AddOrUpdate($"{answer.Status / 100}xx", 1, (_, n) => n + 1);
            foreach (var fault in Faults(request.Operation, answer))
            {
                wrong.TryAdd($"{request.Operation.Id} {fault}", $"{fault}\n{request}\n{answer.Text[..Math.Min(answer.Text.Length, 500)]}");
            }

            // An earlier request signed the user out, switched the user, or added a second factor for the next sign-in.
            if (answer.Status == 401 || EndsSessions(request.Operation.Id, answer))
            {
                people.Invalidate(request.Role);
            }
        }

        return people.SignIns;
    }

    private static bool EndsSessions(string operation, Answer answer) =>
        answer.Status < 300
        && operation
            is "Auth_signOut"
                or "Users_deleteMe"
                or "Auth_verifyMagicLink"
                or "Auth_signIn"
                or "Impersonation_impersonateUser"
                or "Impersonation_stopImpersonation";

    private async Task<Answer> SendAsync(FuzzRequest request, string? cookie)
    {
        var uri = new Uri(
            app.BaseAddress.GetLeftPart(UriPartial.Authority) + request.Path,
            new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true }
        );
        using var message = new HttpRequestMessage(new HttpMethod(request.Operation.Method), uri);
        if (request.Body is not null)
        {
            message.Content = Wire.Body(request.Body, request.ContentType);
            // A server that rejects a large body closes the connection in mid-body: ask first.
            message.Headers.ExpectContinue = request.Body.Length > LongestChecked;
        }

        if (cookie is not null)
        {
            message.Headers.TryAddWithoutValidation("Cookie", $"roundtable.session={cookie}");
        }

        foreach (var (name, value) in request.Headers)
        {
            message.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await http.SendAsync(message);
        return await Answer.ReadAsync(response);
    }

    /// <summary>Returns the response's deviations from the document.</summary>
    private IEnumerable<string> Faults(Operation operation, Answer answer)
    {
        if (answer.Status >= 500)
        {
            return [$"{answer.Status}"];
        }

        if (operation.Json["responses"]?[$"{answer.Status}"] is not JsonObject documented)
        {
            return [$"{answer.Status} is not documented"];
        }

        var type = answer.Header("Content-Type").Split(';')[0];
        if (documented["content"] is not JsonObject contents)
        {
            return answer.Text.Length == 0 ? [] : [$"{answer.Status} has a body of {type}"];
        }

        return contents[type] is not JsonObject media ? [$"{answer.Status} is {type}"] : Faults(answer, type, media);
    }

    private IEnumerable<string> Faults(Answer answer, string type, JsonObject media)
    {
        if (type is not ("application/json" or "application/problem+json") || answer.Text.Length > LongestChecked)
        {
            return [];
        }

        if (answer.Text.Length == 0)
        {
            return [$"{answer.Status} is empty"];
        }

        var faults = document.Faults(answer.Json, media["schema"]!).Select(f => $"{answer.Status}: {f}");
        if (type != "application/problem+json")
        {
            return faults;
        }

        if (media["examples"]?[answer.Code ?? ""] is null)
        {
            faults = faults.Append($"{answer.Status} {answer.Code} is not documented");
        }

        return answer.Text.Contains("   at ", StringComparison.Ordinal) || answer.Text.Contains("Exception", StringComparison.Ordinal)
            ? faults.Append("discloses internals")
            : faults;
    }

    private async Task<FuzzPool> FillPoolAsync()
    {
        using var admin = await app.SignInAsAdminAsync();
        var people = new List<Browser>();
        for (var i = 0; i < 12; i++)
        {
            people.Add(await app.SignInAsync($"pool{i}@example.com"));
        }

        (await admin.PutAsync("/admin/roles/support", new { permissions = new[] { "users:list", "users:read" } })).ShouldSucceed(201);
        var ids = people.Select(p => p.UserId).ToList();
        foreach (var person in people)
        {
            ids.Add((string)(await person.GetAsync("/auth/session")).Data["session"]!["id"]!);
            person.Dispose();
        }

        ids.AddRange((await admin.GetAsync("/admin/emails")).Items.Select(i => (string)i["id"]!));
        var cursors = new List<string> { "", "x", Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', 90))) };
        foreach (
            var list in (string[])
                [
                    "/admin/users?limit=1",
                    "/admin/users?limit=1&sort=name",
                    "/admin/audit-log?limit=1",
                    "/admin/emails?limit=1",
                    "/admin/roles?limit=1",
                ]
        )
        {
            cursors.Add((string?)(await admin.GetAsync(list)).ShouldSucceed().Data["pagination"]!["nextCursor"] ?? "none");
        }

        var tokens = new List<string> { new('x', 43), "short" };
        for (var i = 0; i < 20; i++)
        {
            tokens.Add(await FuzzPeople.LinkAsync(app, $"token{i}@example.com"));
        }

        return new FuzzPool(
            ids,
            [.. Enumerable.Range(0, 12).Select(i => $"pool{i}@example.com"), "POOL1@EXAMPLE.COM", "nobody@example.com"],
            cursors,
            tokens
        );
    }
}
