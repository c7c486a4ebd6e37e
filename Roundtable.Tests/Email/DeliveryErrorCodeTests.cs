using MailKit.Net.Smtp;
using Roundtable.Domain.Outbox;
using Roundtable.Infrastructure.Email;
using Roundtable.Infrastructure.Webhooks;
using Roundtable.Tests.Support;
using static Roundtable.Domain.Outbox.DeliveryErrorCode;

namespace Roundtable.Tests.Email;

/// <summary>What answers of mail servers and endpoints mean, and that the dashboard says it in words.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DeliveryErrorCodeTests
{
    private static readonly DeliveryErrorCode[] OfEndpoints = [Redirected, NotFound, Gone, EndpointOff];
    private static readonly DeliveryErrorCode[] OfMails = [Insecure, UnknownMailbox, Full, NotWritten];

    [TestCase(SmtpErrorCode.UnexpectedStatusCode, 535, ExpectedResult = Unauthorized)]
    [TestCase(SmtpErrorCode.RecipientNotAccepted, 550, ExpectedResult = UnknownMailbox)]
    [TestCase(SmtpErrorCode.SenderNotAccepted, 550, ExpectedResult = Rejected)]
    [TestCase(SmtpErrorCode.SenderNotAccepted, 553, ExpectedResult = Rejected)]
    [TestCase(SmtpErrorCode.MessageNotAccepted, 550, ExpectedResult = Rejected)]
    [TestCase(SmtpErrorCode.RecipientNotAccepted, 552, ExpectedResult = Full)]
    [TestCase(SmtpErrorCode.RecipientNotAccepted, 452, ExpectedResult = Full)]
    [TestCase(SmtpErrorCode.MessageNotAccepted, 552, ExpectedResult = Rejected)]
    [TestCase(SmtpErrorCode.MessageNotAccepted, 554, ExpectedResult = Rejected)]
    [TestCase(SmtpErrorCode.RecipientNotAccepted, 450, ExpectedResult = ServerError)]
    [TestCase(SmtpErrorCode.UnexpectedStatusCode, 421, ExpectedResult = ServerError)]
    public DeliveryErrorCode Smtp(SmtpErrorCode refused, int status) => SmtpTransport.CodeOf(refused, status);

    [TestCase(401, ExpectedResult = Unauthorized)]
    [TestCase(403, ExpectedResult = Unauthorized)]
    [TestCase(400, ExpectedResult = Rejected)]
    [TestCase(429, ExpectedResult = TooMany)]
    [TestCase(503, ExpectedResult = ServerError)]
    public DeliveryErrorCode SendGrid(int status) => SendGridTransport.CodeOf(status);

    [TestCase(302, ExpectedResult = Redirected)]
    [TestCase(401, ExpectedResult = Unauthorized)]
    [TestCase(404, ExpectedResult = NotFound)]
    [TestCase(405, ExpectedResult = NotFound)]
    [TestCase(422, ExpectedResult = Rejected)]
    [TestCase(429, ExpectedResult = TooMany)]
    [TestCase(500, ExpectedResult = ServerError)]
    public DeliveryErrorCode Endpoint(int status) => WebhookSender.CodeOf(status);

    [TestCase("en")]
    [TestCase("de")]
    public void EveryCode_HasWords(string language)
    {
        var texts = File.ReadAllText(Repository.PathOf("dashboard", "src", "i18n", $"{language}.ts"));
        var codes = Enum.GetValues<DeliveryErrorCode>().Except([Other]).ToList();
        var expected = codes
            .Except(OfEndpoints)
            .Select(c => $"\"mailError.{Camel(c)}\":")
            .Concat(codes.Except(OfMails).Select(c => $"\"deliveryError.{Camel(c)}\":"));
        Assert.That(expected.Where(k => !texts.Contains(k, StringComparison.Ordinal)), Is.Empty);
    }

    private static string Camel(DeliveryErrorCode code) => char.ToLowerInvariant($"{code}"[0]) + $"{code}"[1..];
}
