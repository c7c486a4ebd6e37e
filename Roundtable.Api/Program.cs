using Roundtable.Api.Startup;

return await EntryPoint.RunAsync(args, Console.Out, Console.Error);

/// <summary>The entry point; public so that tests can start it.</summary>
public partial class Program;
