using PelNas.Local.Worker.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

/// <summary>HTTP functions on ASP.NET Core's types.</summary>
public static class FunctionsApplicationBuilderAspNetCoreExtensions
{
    /// <summary>Lets HTTP functions take HttpRequest and return IResult or IActionResult.</summary>
    /// <param name="builder">The app's builder.</param>
    /// <returns>The same builder.</returns>
    public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Properties[LocalHost.WebApplicationKey] = true;
        return builder;
    }
}
