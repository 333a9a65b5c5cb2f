using System.Xml.Linq;
using PelNas.Infra.Tests.Support;

namespace PelNas.Infra.Tests.Packaging;

/// <summary>The pinned versions against what packages of the azure build ask for. The default build restores without those packages and so does not notice.</summary>
public sealed class PackageVersionsTests
{
    private static Dictionary<string, Version> Pins => XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion").ToDictionary(
        pin => pin.Attribute("Include")!.Value, pin => Version.Parse(pin.Attribute("Version")!.Value.Split('-')[0]));

    // Each line: a package pinned here, and the lowest version that something of the azure build takes.
    [Theory]
    [InlineData("Google.Protobuf", "3.33.5", "Microsoft.DurableTask.Grpc")]
    [InlineData("Azure.Identity", "1.21.0", "Microsoft.DurableTask.Client.AzureManaged")]
    [InlineData("Microsoft.Extensions.DependencyInjection", "10.0.0", "Microsoft.Azure.Functions.Worker.Core, through Microsoft.Extensions.Hosting")]
    public void A_pin_is_no_lower_than_what_the_azure_build_asks_for(string package, string lowest, string asker)
        => Pins[package].ShouldBeGreaterThanOrEqualTo(Version.Parse(lowest), $"{asker} does not restore with less");
}
