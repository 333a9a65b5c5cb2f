using System.IO.Compression;
using System.Security.Cryptography;

namespace PelNas.Shared.Reports.Page;

/// <summary>A file of the page to watch searches on, of those that are embedded in this assembly. It holds no data.</summary>
public sealed class PageFile
{
    private const string Folder = "Page/";
    private const int TagBytes = 16;

    private static readonly Lazy<Dictionary<string, PageFile>> Files = new(() => typeof(PageFile).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal))
        .ToDictionary(name => name[Folder.Length..], name => new PageFile(name), StringComparer.Ordinal));

    private PageFile(string resource)
    {
        using Stream stream = typeof(PageFile).Assembly.GetManifestResourceStream(resource)!;
        using MemoryStream content = new();
        stream.CopyTo(content);
        Content = content.ToArray();
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.SmallestSize))
        {
            gzip.Write(Content);
        }

        Compressed = compressed.ToArray();
        Hash = Convert.ToHexStringLower(SHA256.HashData(Content).AsSpan(0, TagBytes));
        ContentType = Path.GetExtension(resource) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/javascript; charset=utf-8",
        };
    }

    /// <summary>The file as it is.</summary>
    public byte[] Content { get; }

    /// <summary>The same in gzip.</summary>
    public byte[] Compressed { get; }

    /// <summary>A hash of the content, in hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary>Its media type.</summary>
    public string ContentType { get; }

    /// <summary>Names of all files.</summary>
    public static IReadOnlyCollection<string> Names => Files.Value.Keys;

    /// <summary>The file of that name, or null where there is none.</summary>
    public static PageFile? Find(string name) => Files.Value.GetValueOrDefault(name);
}
