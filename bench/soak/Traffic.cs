using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Roundtable.Bench.Driver;

namespace Roundtable.Bench.Soak;

/// <summary>What users do in a day: sign in by link, read pages, sometimes change something, then sign out or just leave.</summary>
internal sealed class Traffic(Uri address, Mailbox mails) : IDisposable
{
    private const int Views = 10;

    private static readonly string[] Pages = ["/users/me", "/auth/session", "/sessions", "/users/me/activity"];

    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, MaxConnectionsPerServer = 256 })
    {
        BaseAddress = new Uri(address, "/api/v1/"),
        Timeout = TimeSpan.FromSeconds(60),
    };
    private readonly ConcurrentBag<double> latencies = [];
    private string admin = "";
    private readonly ConcurrentDictionary<string, int> failures = new(StringComparer.Ordinal);

    public IReadOnlyCollection<double> Latencies => latencies;

    public IReadOnlyDictionary<string, int> Failures => failures;

    /// <summary>Discards the measurements so far.</summary>
    public void Forget()
    {
        latencies.Clear();
        failures.Clear();
    }

    /// <summary>Starts so many visits, evenly spread over the time.</summary>
    public async Task<TimeSpan> RunAsync(string kind, int users, TimeSpan over)
    {
        var started = Stopwatch.StartNew();
        var visits = new List<Task>(users);
        for (var i = 0; i < users; i++)
        {
            var due = over * i / users;
            if (due > started.Elapsed)
            {
                await Task.Delay(due - started.Elapsed);
            }

            visits.Add(VisitAsync($"{kind}{i}@example.com", i));
        }

        await Task.WhenAll(visits);
        return started.Elapsed;
    }

    /// <summary>Signs in the admin who reads the outbox at the end, however full it is by then.</summary>
    public async Task SignInAdminAsync() => admin = await SignInAsync(Server.AdminEmail);

    /// <summary>Returns the number of mails that are still unsent when the patience runs out.</summary>
    public async Task<int> CountWaitingMailsAsync(TimeSpan patience)
    {
        for (var waited = Stopwatch.StartNew(); ; await Task.Delay(500))
        {
            var waiting = 0;
            foreach (var status in (string[])["pending", "sending", "failed"])
            {
                using var answer = await SendAsync(HttpMethod.Get, $"/admin/emails?limit=100&status={status}", null, admin);
                using var json = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
                waiting += json.RootElement.GetProperty("data").GetProperty("items").GetArrayLength();
            }

            if (waiting == 0 || waited.Elapsed > patience)
            {
                return waiting;
            }
        }
    }

    public void Dispose() => http.Dispose();

    private async Task VisitAsync(string email, int number)
    {
        try
        {
            var cookie = await SignInAsync(email);
            for (var view = 0; view < Views; view++)
            {
                (await SendAsync(HttpMethod.Get, Pages[(number + view) % Pages.Length], null, cookie)).Dispose();
                await Task.Delay(200);
            }

            if (number % 5 == 0)
            {
                (await SendAsync(HttpMethod.Patch, "/users/me", new { name = $"Person {number}", bio = "Was here" }, cookie)).Dispose();
            }

            if (number % 3 == 0)
            {
                (await SendAsync(HttpMethod.Post, "/auth/sign-out", new { }, cookie)).Dispose();
            }
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or TimeoutException or InvalidOperationException)
        {
            failures.AddOrUpdate(e.GetType().Name, 1, (_, n) => n + 1);
        }
    }

    private async Task<string> SignInAsync(string email)
    {
        var mail = mails.NextTokenAsync(email);
        (await SendAsync(HttpMethod.Post, "/auth/magic-link", new { email }, null)).Dispose();
        using var answer = await SendAsync(HttpMethod.Post, "/auth/magic-link/verify", new { token = await mail }, null);
        return answer.Headers.TryGetValues("Set-Cookie", out var cookies)
            ? cookies.Single(c => c.Contains("roundtable.session=", StringComparison.Ordinal)).Split(';')[0]
            : throw new InvalidOperationException("No session");
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, object? body, string? cookie)
    {
        using var request = new HttpRequestMessage(method, path.TrimStart('/'))
        {
            Content = body is null ? null : JsonContent.Create(body),
        };
        if (cookie is not null)
        {
            request.Headers.Add("Cookie", cookie);
        }

        var started = Stopwatch.GetTimestamp();
        var answer = await http.SendAsync(request);
        latencies.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        if (answer.StatusCode >= HttpStatusCode.BadRequest)
        {
            failures.AddOrUpdate($"{(int)answer.StatusCode} {method} {path.Split('?')[0]}", 1, (_, n) => n + 1);
        }

        return answer;
    }
}
