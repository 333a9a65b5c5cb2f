using PelNas.Local.Tests.Durable.History;

// The test runner's own entry point, as its SDK would generate it, and before it what a test starts as a process of its own.
return args switch
{
    [HistoryHolder.Verb, string history, string pipe] => await HistoryHolder.RunAsync(history, pipe),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, PelNas.Local.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
