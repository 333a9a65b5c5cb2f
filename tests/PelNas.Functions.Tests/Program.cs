using PelNas.Functions.Tests.Histories;

// The test runner's own entry point, as its SDK would generate it, and before it the recorder of histories.
return args switch
{
    [HistoryRecorder.Verb] => await HistoryRecorder.RunAsync(),
    _ when args.Contains("--server") || args.Contains("--internal-msbuild-node") =>
        await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
            args, PelNas.Functions.Tests.SelfRegisteredExtensions.AddSelfRegisteredExtensions),
    _ => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
};
