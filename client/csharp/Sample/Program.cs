// Prints the users: ROUNDTABLE_URL says where the API is, ROUNDTABLE_API_KEY is a key with the scope users:list.
using Roundtable.Client;

if (
    !Uri.TryCreate(Environment.GetEnvironmentVariable("ROUNDTABLE_URL"), UriKind.Absolute, out var url)
    || Environment.GetEnvironmentVariable("ROUNDTABLE_API_KEY") is not { Length: > 0 } key
)
{
    await Console.Error.WriteLineAsync("Set ROUNDTABLE_URL and ROUNDTABLE_API_KEY.");
    return 2;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, e) =>
{
    e.Cancel = true;
    stop.Cancel();
};
using var client = new RoundtableClient(url, key);
try
{
    string? cursor = null;
    do
    {
        var page = (await client.AdminUsers.ListUsersAsync(limit: 100, cursor: cursor, cancellationToken: stop.Token)).Data;
        foreach (var user in page.Items)
        {
            Console.WriteLine($"{user.Id}  {user.Email}  {user.Name}");
        }

        cursor = page.Pagination.NextCursor;
    } while (cursor is not null);

    return 0;
}
catch (ApiException e)
{
    await Console.Error.WriteLineAsync($"{e.Code}: {e.Message}");
    return 1;
}
catch (HttpRequestException e)
{
    await Console.Error.WriteLineAsync($"no answer: {e.Message}");
    return 1;
}
