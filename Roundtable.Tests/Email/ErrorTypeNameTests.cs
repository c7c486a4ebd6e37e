using System.Net.Sockets;
using Roundtable.Infrastructure.Outbox;

namespace Roundtable.Tests.Email;

/// <summary>Errors shown to admins never name a .NET type.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ErrorTypeNameTests
{
    private static IEnumerable<Exception> Failures() =>
        new[] { typeof(Exception), typeof(SocketException), typeof(HttpRequestException), typeof(MailKit.ServiceNotConnectedException) }
            .SelectMany(t => t.Assembly.GetExportedTypes())
            .Where(t => t.IsSubclassOf(typeof(Exception)) && !t.IsAbstract && t.GetConstructor(Type.EmptyTypes) is not null)
            .Select(t => (Exception)Activator.CreateInstance(t)!);

    [Test]
    public void Clean_RemovesTypeNames_OfEveryException()
    {
        var failures = Failures().ToList();
        Assert.That(failures, Has.Count.GreaterThan(50));
        Assert.That(
            failures
                .SelectMany(f => new[] { f.Message, f.ToString(), $"SMTP: {f}" })
                .Select(t => ErrorText.Clean(t))
                .Where(t => t.Contains("Exception", StringComparison.Ordinal)),
            Is.Empty
        );
    }

    [TestCase("System.Net.Sockets.SocketException: Connection refused", "Connection refused")]
    [TestCase("Exceptional service", "Exceptional service")]
    [TestCase("MailKit.Net.Smtp.SmtpCommandException (0x80004005): Mailbox full", "(0x80004005): Mailbox full")]
    public void Clean_KeepsTheMessage(string text, string expected) => Assert.That(ErrorText.Clean(text), Is.EqualTo(expected));
}
