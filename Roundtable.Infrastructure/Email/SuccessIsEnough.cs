namespace Roundtable.Infrastructure.Email;

/// <summary>
/// Skips the body of a success response: the mail was accepted, and a connection that breaks during the response must not send it again.
/// </summary>
internal sealed class SuccessIsEnough : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            answer.Content.Dispose();
            answer.Content = new ByteArrayContent([]);
        }

        return answer;
    }
}
