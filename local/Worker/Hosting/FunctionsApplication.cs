using System.Diagnostics.CodeAnalysis;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>Where a Functions app begins.</summary>
[SuppressMessage("Design", "CA1052:Static holder types should be Static or NotInheritable", Justification = "The isolated worker's type can be made, too.")]
public class FunctionsApplication
{
    /// <summary>A builder for the app.</summary>
    /// <param name="args">The command line, which also holds settings.</param>
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
}
