using System.Text.Json;
using Roundtable.Bench.Baseline;

if (args is not [var url, var connectionString])
{
    Console.Error.WriteLine("usage: Baseline <url> <connection string>");
    return 2;
}

SampleData.Create(connectionString);
var pool = new ReaderPool(connectionString);

var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
builder.WebHost.UseKestrelCore();
var app = builder.Build();
app.Urls.Add(url);
app.Run(AnswerAsync);
app.Run();
return 0;

Task AnswerAsync(HttpContext context)
{
    const string Prefix = "/users/";
    var path = context.Request.Path.Value ?? "";
    if (context.Request.Method != HttpMethods.Get || !path.StartsWith(Prefix, StringComparison.Ordinal))
    {
        return Refuse(context, StatusCodes.Status404NotFound);
    }

    var reader = pool.Rent();
    try
    {
        if (!reader.HasSession(SampleData.SessionKeyHash))
        {
            return Refuse(context, StatusCodes.Status401Unauthorized);
        }

        using var writer = new Utf8JsonWriter(context.Response.BodyWriter);
        if (!reader.TryWriteUser(path[Prefix.Length..], writer))
        {
            return Refuse(context, StatusCodes.Status404NotFound);
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = writer.BytesPending;
    }
    finally
    {
        pool.Return(reader);
    }

    return context.Response.BodyWriter.FlushAsync().AsTask();
}

static Task Refuse(HttpContext context, int status)
{
    context.Response.StatusCode = status;
    return Task.CompletedTask;
}
