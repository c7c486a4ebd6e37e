using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Roundtable.Infrastructure.Email;

namespace Roundtable.Tests.Email;

public sealed class SendGridTransportTests
{
    private const string ApiKey = "SG.abcdefghijklmnopqrstuv.0123456789012345678901234567890123456789012";

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 11, 22, 19, 32, 0, TimeSpan.Zero));
    private WebApplication server = null!;
    private Func<HttpContext, Task> answer = null!;
    private HttpClient http = null!;

    [SetUp]
    public async Task SetUp()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        server = builder.Build();
        server.Urls.Add("http://127.0.0.1:0");
        server.Run(context => answer(context));
        await server.StartAsync();
        http = new HttpClient { Timeout = TimeSpan.FromSeconds(15) };
    }

    [TearDown]
    public async Task TearDown()
    {
        http.Dispose();
        await server.DisposeAsync();
    }

    [TestCase("")]
    [TestCase("/")]
    public async Task Send_PostsTheMailWithoutTracking_WhenAccepted(string end)
    {
        var (request, json) = ("", default(JsonElement));
        answer = async context =>
        {
            request = $"{context.Request.Method} {context.Request.Path} {context.Request.Headers.Authorization}";
            json = (await JsonDocument.ParseAsync(context.Request.Body)).RootElement;
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        };
        var mail = Mails.Outgoing(text: $"Hello Łukasz 界,\n\n{Mails.Link}\n");
        await Transport(end).SendAsync(mail, CancellationToken.None);

        Assert.That(request, Is.EqualTo($"POST /v3/mail/send Bearer {ApiKey}"));
        Assert.That(json.GetProperty("from").GetProperty("email").GetString(), Is.EqualTo("no-reply@example.org"));
        Assert.That(json.GetProperty("from").GetProperty("name").GetString(), Is.EqualTo("Roundtable"));
        var to = json.GetProperty("personalizations").EnumerateArray().Single().GetProperty("to").EnumerateArray().Single();
        Assert.That(to.GetProperty("email").GetString(), Is.EqualTo(mail.To));
        Assert.That(json.GetProperty("subject").GetString(), Is.EqualTo(mail.Subject));
        Assert.That(
            json.GetProperty("content")
                .EnumerateArray()
                .Select(c => (c.GetProperty("type").GetString(), c.GetProperty("value").GetString())),
            Is.EqualTo(new[] { ("text/plain", mail.Text), ("text/html", mail.Html) })
        );
        Assert.That(json.GetProperty("custom_args").GetProperty("outboxId").GetString(), Is.EqualTo(mail.Id));
        Assert.That(json.GetProperty("headers").GetProperty("Message-ID").GetString(), Is.EqualTo($"<{mail.Id}@example.org>"));

        var tracking = json.GetProperty("tracking_settings");
        Assert.That(tracking.GetProperty("click_tracking").GetProperty("enable").GetBoolean(), Is.False);
        Assert.That(tracking.GetProperty("click_tracking").GetProperty("enable_text").GetBoolean(), Is.False);
        Assert.That(tracking.GetProperty("open_tracking").GetProperty("enable").GetBoolean(), Is.False);
        Assert.That(tracking.GetProperty("subscription_tracking").GetProperty("enable").GetBoolean(), Is.False);
    }

    [Test]
    public void Send_ReturnsRetryAfter_WhenThereAreTooManyRequests()
    {
        answer = Answer(429, "{}", "120");
        Assert.That(Failure().RetryAfter, Is.EqualTo(TimeSpan.FromSeconds(120)));
        answer = Answer(503, "", time.GetUtcNow().AddMinutes(3).ToString("R"));
        Assert.That(Failure().RetryAfter, Is.EqualTo(TimeSpan.FromMinutes(3)));
    }

    [TestCase(400)]
    [TestCase(401)]
    [TestCase(403)]
    [TestCase(500)]
    public void Send_ReportsTheReasonWithoutAddressOrKey_WhenRefused_CVE_2026_27946(int status)
    {
        answer = Answer(
            status,
            $$"""{"errors":[{"message":"The to address <ada@example.com> is bad for {{ApiKey}}","help":"https://help.example/x"}]}"""
        );
        var failure = Failure();
        Assert.That(failure.RetryAfter, Is.Null);
        Assert.That(failure.Message, Does.StartWith($"SendGrid {status}: ").And.Contain("The to address"));
        Assert.That(failure.Message, Does.Not.Contain("ada@").And.Not.Contain("SG.").And.Not.Contain("help.example"));
        Assert.That(failure.InnerException, Is.Null);
    }

    [Test]
    public async Task Send_ThrowsTransportException_OnTimeout()
    {
        var hanging = new TaskCompletionSource();
        answer = _ => hanging.Task;
        http.Timeout = TimeSpan.FromMilliseconds(200);
        Assert.That(Failure().Message, Is.EqualTo("SendGrid: no answer in time."));

        using var stop = new CancellationTokenSource();
        var sending = Transport().SendAsync(Mails.Outgoing(), stop.Token);
        await stop.CancelAsync();
        Assert.That(() => sending, Throws.InstanceOf<OperationCanceledException>(), "the caller gets the cancellation");
        hanging.SetResult();
    }

    [Test]
    public async Task Send_ThrowsTransportException_WhenTheServerIsUnreachable()
    {
        await server.StopAsync();
        Assert.That(Failure().Message, Does.StartWith("SendGrid: ").And.Not.Contain("Exception"));
    }

    private static Func<HttpContext, Task> Answer(int status, string body, string? retryAfter = null) =>
        context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.RetryAfter = retryAfter;
            return context.Response.WriteAsync(body);
        };

    private MailTransportException Failure() =>
        Assert.ThrowsAsync<MailTransportException>(() => Transport().SendAsync(Mails.Outgoing(), CancellationToken.None))!;

    private SendGridTransport Transport(string end = "")
    {
        var options = Mails.Options(o => (o.SendGrid.ApiKey, o.SendGrid.BaseUrl) = (ApiKey, server.Urls.Single() + end));
        return new SendGridTransport(http, options, time);
    }
}
