namespace PelNas.Shared.Tests.Support;

/// <summary>Checks a property inside a test that has parameters of its own.</summary>
internal static class Properties
{
    public static void ShouldHold(this Property property) => Check.One(Config.QuickThrowOnFailure.WithQuietOnSuccess(true), property);
}
