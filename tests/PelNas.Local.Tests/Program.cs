using PelNas.Local.Tests.Engine.Faults;

// The test runner's own entry point, as its SDK would generate it, and before it what a test starts as a process of its own.
return args switch
{
    [KilledProcessTests.Verb, string history] => await KilledProcessTests.RunAsync(history),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(args, PelNas.Local.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
