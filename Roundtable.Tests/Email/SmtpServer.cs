using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MimeKit;
using Roundtable.Tests.Support;

namespace Roundtable.Tests.Email;

/// <summary>A real mail server on a loopback port (Debian's python3-aiosmtpd) that stores received mails in a folder.</summary>
internal sealed class SmtpServer : IDisposable
{
    private const string Python = "/usr/bin/python3";

    // Arguments: port, folder, whether authentication is required, certificate and key (or nothing).
    private const string Script = """
        import sys, threading
        from aiosmtpd.controller import Controller
        from aiosmtpd.handlers import Mailbox
        from aiosmtpd.smtp import AuthResult

        class Handler(Mailbox):
            async def handle_RCPT(self, server, session, envelope, address, options):
                if address.startswith('nobody@'):
                    return f'550 5.1.1 <{address}>: no such user, see https://help.example/?key=SG.abcdefghijklmnop.0123456789'
                envelope.rcpt_tos.append(address)
                return '250 OK'

        def authenticate(server, session, envelope, mechanism, data):
            return AuthResult(success=(data.login, data.password) == (b'mailer', b'right password'), handled=False)

        port, folder, auth, cert, key = sys.argv[1:]
        tls = None
        if cert:
            import ssl
            tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
            tls.load_cert_chain(cert, key)
        Controller(Handler(folder), hostname='127.0.0.1', port=int(port), tls_context=tls, authenticator=authenticate,
                   auth_required=auth == 'yes', auth_require_tls=False).start()
        print('ready', flush=True)
        sys.stdin.read()
        """;

    private readonly string folder = Directory.CreateTempSubdirectory("roundtable-smtp-").FullName;
    private readonly Process process;

    public SmtpServer(bool requiresSignIn = false, bool offersTls = false)
    {
        EnsureInstalled();
        Port = FreePort.Next();
        var (cert, key) = offersTls ? SelfSigned() : ("", "");
        var start = new ProcessStartInfo(Python)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in new[] { "-c", Script, $"{Port}", Path.Combine(folder, "box"), requiresSignIn ? "yes" : "no", cert, key })
        {
            start.ArgumentList.Add(argument);
        }

        process = Process.Start(start)!;
        process.BeginErrorReadLine();
        Assert.That(process.StandardOutput.ReadLine(), Is.EqualTo("ready"));
    }

    public int Port { get; }

    public IReadOnlyList<MimeMessage> Received =>
        [.. Directory.GetFiles(Path.Combine(folder, "box", "new")).Select(f => MimeMessage.Load(f))];

    public void Dispose()
    {
        process.Kill();
        process.WaitForExit();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    private static void EnsureInstalled()
    {
        if (File.Exists(Python) && Run(Python, "-c", "import aiosmtpd") == 0)
        {
            return;
        }

        if (OperatingSystem.IsLinux() && Environment.UserName == "root" && File.Exists("/usr/bin/apt-get"))
        {
            TestContext.Progress.WriteLine("No mail server found: installing python3-aiosmtpd with apt-get (once) ...");
            if (
                Run("apt-get", "update", "-qq") == 0
                && Run("apt-get", "install", "-y", "-qq", "--no-install-recommends", "python3-aiosmtpd") == 0
            )
            {
                return;
            }
        }

        Assert.Ignore("The SMTP tests need a mail server. Debian/Ubuntu: sudo apt-get install python3-aiosmtpd.");
    }

    private static int Run(string file, params string[] arguments)
    {
        using var run = Process.Start(
            new ProcessStartInfo(file, arguments)
            {
                Environment = { ["DEBIAN_FRONTEND"] = "noninteractive" },
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }
        )!;
        var errors = run.StandardError.ReadToEndAsync();
        run.StandardOutput.ReadToEnd();
        run.WaitForExit();
        errors.Wait();
        return run.ExitCode;
    }

    private (string Certificate, string Key) SelfSigned()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UtcNow.AddDays(-1),
            DateTimeOffset.UtcNow.AddDays(1)
        );
        var files = (Path.Combine(folder, "cert.pem"), Path.Combine(folder, "key.pem"));
        File.WriteAllText(files.Item1, certificate.ExportCertificatePem());
        File.WriteAllText(files.Item2, key.ExportPkcs8PrivateKeyPem());
        return files;
    }
}
