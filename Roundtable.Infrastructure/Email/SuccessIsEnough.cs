namespace Roundtable.Infrastructure.Email;

/// <summary>
/// Leaves unread what a server says along with a success: the mail is taken over, and a line that breaks off in the middle of the answer
/// must not send it again.
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
