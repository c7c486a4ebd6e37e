using Roundtable.Tests.Support;

namespace Roundtable.Tests.Api;

/// <summary>No page of the application, nor a script injected into one, may use the machine's devices.</summary>
public sealed class PermissionsPolicyTests
{
    [TestCase("GET", "/api/v1/auth/session", 200)]
    [TestCase("GET", "/api/v1/users/me", 401)]
    [TestCase("GET", "/api/v1/nowhere", 404)]
    [TestCase("DELETE", "/api/v1/auth/session", 405)]
    [TestCase("POST", "/api/v1/auth/sign-in", 415)]
    [TestCase("GET", "/health/live", 200)]
    [TestCase("GET", "/docs", 200)]
    [TestCase("GET", "/openapi/v1.json", 200)]
    [TestCase("GET", "/assets/nothing.js", 404)]
    public async Task PermissionsPolicy_IsPresent_OnEveryResponse(string method, string path, int status)
    {
        var content = method == "POST" ? Wire.Body("a=b", "application/x-www-form-urlencoded") : null;
        var answer = await Wire.SendAsync(TestApp.Current, new HttpMethod(method), path, content);
        Assert.That(answer.Status, Is.EqualTo(status));
        var policy = answer.Header("Permissions-Policy").Split(", ");
        Assert.That(
            policy,
            Is.SupersetOf(
                new[] { "camera=()", "microphone=()", "geolocation=()", "payment=()", "usb=()", "publickey-credentials-get=(self)" }
            )
        );
    }
}
