using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;

namespace PelNas.Shared.Reports.Page;

/// <summary>A file of the page to watch searches on, of those that are embedded in this assembly. It holds no data.</summary>
public sealed class PageFile
{
    private const string Folder = "Page/";
    private const string App = "app.js";
    private const int TagBytes = 16;

    private static readonly string[] Separate = ["index.html", "page.css", "icon.svg", "echarts.js"];

    private static readonly Lazy<Dictionary<string, PageFile>> Files = new(() => Separate.Select(name => new PageFile(name, Read(name)))
        .Append(new PageFile(App, Encoding.UTF8.GetBytes(PageScripts.Bundle(App, name => Encoding.UTF8.GetString(Read(name))))))
        .ToDictionary(file => file.Name, StringComparer.Ordinal));

    private PageFile(string name, byte[] content)
    {
        (Name, Content) = (name, content);
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.SmallestSize))
        {
            gzip.Write(Content);
        }

        Compressed = compressed.ToArray();
        Hash = Convert.ToHexStringLower(SHA256.HashData(Content).AsSpan(0, TagBytes));
        ContentType = Path.GetExtension(name) switch
        {
            ".html" => "text/html; charset=utf-8",
            ".css" => "text/css; charset=utf-8",
            ".svg" => "image/svg+xml",
            _ => "text/javascript; charset=utf-8",
        };
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

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

    private static byte[] Read(string name)
    {
        using Stream stream = typeof(PageFile).Assembly.GetManifestResourceStream(Folder + name)!;
        byte[] content = new byte[stream.Length];
        stream.ReadExactly(content);
        return content;
    }
}
