using System.Globalization;
using Roundtable.Bench.Driver;

const string Usage = """
    usage: Driver sign-in <dialect> <url> <mail folder> <address> …               one line each: id, tab, cookie
           Driver patch <dialect> <url> <file of sign-in> <seconds>              all of the file's users write, each one request at a time
           Driver magic-link <dialect> <url> <mail folder> <users> <parallel> <seconds>
           Driver first-200 <url> <cookie>                                       the time of the first 200, in ns since 1970
           Driver delay <port> <host,port> <ms>                                  passes on what comes to the port, answers so much later
    """;

try
{
    return await RunAsync(args);
}
catch (Exception e) when (e is HttpRequestException or TimeoutException or OperationCanceledException)
{
    Console.Error.WriteLine($"driver: {e.Message}");
    return 1;
}

static async Task<int> RunAsync(string[] args)
{
    switch (args)
    {
        case ["sign-in", var dialect, var url, var mail, .. var addresses]:
            await SignIns.WriteAsync(Dialect.Named(dialect), new Uri(url), mail, addresses);
            return 0;
        case ["patch", var dialect, var url, var signIns, var seconds]:
            var writers = await SignIns.ReadAsync(signIns);
            using (var load = new PatchLoad(Dialect.Named(dialect), new Uri(url), writers))
            {
                Console.WriteLine(await Load.RunAsync(load.WriteAsync, writers.Count, Duration(seconds)));
            }

            return 0;
        case ["magic-link", var dialect, var url, var mail, var users, var parallel, var seconds]:
            using (var load = new MagicLinkLoad(Dialect.Named(dialect), new Uri(url), mail, Number(users)))
            {
                Console.WriteLine(await Load.RunAsync(load.CycleAsync, Number(parallel), Duration(seconds)));
            }

            return 0;
        case ["first-200", var url, var cookie]:
            Console.WriteLine(FirstAnswer.Await(new Uri(url), cookie));
            return 0;
        case ["delay", var port, var server, var ms]:
            await DelayedLine.RunAsync(Number(port), server, TimeSpan.FromMilliseconds(Number(ms)));
            return 0;
        default:
            Console.Error.WriteLine(Usage);
            return 2;
    }
}

static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

static TimeSpan Duration(string seconds) => TimeSpan.FromSeconds(Number(seconds));
