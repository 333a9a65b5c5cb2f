using System.Net;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace PelNas.Local.Host;

/// <summary>Where the host can be reached.</summary>
/// <param name="server">The web server.</param>
public sealed class LocalHostAddress(IServer server)
{
    /// <summary>
    /// The address with the port in use, as in <c>http://127.0.0.1:7071/</c>, on loopback if the host listens on all addresses;
    /// null before the start.
    /// </summary>
    public Uri? BaseUri
    {
        get
        {
            if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is not { } address)
            {
                return null;
            }

            var uri = new UriBuilder(address);
            if (IPAddress.TryParse(uri.Host, out var ip) && (ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)))
            {
                uri.Host = (ip.Equals(IPAddress.Any) ? IPAddress.Loopback : IPAddress.IPv6Loopback).ToString();
            }

            return uri.Uri;
        }
    }
}
