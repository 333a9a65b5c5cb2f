using PelNas.Tests.Azurite;

namespace PelNas.Tests.Browser;

/// <summary>axe-core: looks for what keeps people from using a page.</summary>
internal static class Axe
{
    /// <summary>Serious and critical faults of the page as it is, one line each.</summary>
    public static async Task<string[]> FindFaultsAsync(IPage page, CancellationToken cancellationToken)
    {
        string modules = await NodePackages.EnsureAsync("browser", cancellationToken);
        // Evaluated, not added as an element: the page allows no script but its own.
        await page.EvaluateAsync(await File.ReadAllTextAsync(Path.Combine(modules, "axe-core", "axe.min.js"), cancellationToken));
        JsonElement? found = await page.EvaluateAsync(
            """
            async () => (await axe.run()).violations.filter(fault => ['serious', 'critical'].includes(fault.impact))
                .flatMap(fault => fault.nodes.map(node => `${fault.id}: ${node.html.slice(0, 120)}`))
            """);
        return [.. found!.Value.EnumerateArray().Select(fault => fault.GetString()!)];
    }
}
