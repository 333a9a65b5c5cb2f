namespace PelNas.Tests;

/// <summary>What is known of the test that runs. All test files use it statically.</summary>
internal static class CurrentTest
{
    /// <summary>Cancelled when the run of the tests is.</summary>
    public static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
