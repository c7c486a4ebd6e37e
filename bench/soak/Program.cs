using System.Globalization;
using Roundtable.Bench.Driver;
using Roundtable.Bench.Soak;

// Soak FOLDER [users] [seconds] [warm-up seconds]: FOLDER holds the published Roundtable.Api.
var folder = args[0];
var users = Number(1, 10_000);
var duration = TimeSpan.FromSeconds(Number(2, 300));
var warmUp = TimeSpan.FromSeconds(Number(3, 60));

await using var server = await Server.StartAsync(folder);
using var mails = new Mailbox(server.MailFolder);
using var traffic = new Traffic(server.Address, mails);

await traffic.SignInAdminAsync();
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"soak: warming up for {warmUp.TotalSeconds} s"));
await traffic.RunAsync("warm", (int)(users * (warmUp / duration)), warmUp);
traffic.Forget();

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"soak: a day of {users} users in {duration.TotalSeconds} s"));
using var stop = new CancellationTokenSource();
var gauge = new Gauge(server.ProcessId);
var watching = gauge.WatchAsync(TimeSpan.FromSeconds(2), stop.Token);
var took = await traffic.RunAsync("user", users, duration);
await stop.CancelAsync();
await watching;
var waiting = await traffic.CountWaitingMailsAsync(TimeSpan.FromMinutes(2));

var passed = Summary.Print(traffic, gauge, waiting, took);
return passed ? 0 : 1;

int Number(int position, int otherwise) => args.Length > position ? int.Parse(args[position], CultureInfo.InvariantCulture) : otherwise;
