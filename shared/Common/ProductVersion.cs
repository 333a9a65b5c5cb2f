using System.Reflection;

namespace PelNas.Shared.Common;

/// <summary>The version of the product that is running.</summary>
public static class ProductVersion
{
    /// <summary>The version, with the commit it was built from where that is known, for example <c>0.1.0+7d79d89...</c>.</summary>
    public static string Current { get; } =
        typeof(ProductVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion;
}
