using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace PelNas.LoopbackModels;

/// <summary>A certificate signed by itself.</summary>
internal static class UntrustedCertificate
{
    public static X509Certificate2 Create()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        DateTimeOffset start = TimeProvider.System.GetUtcNow().AddDays(-1);
        using X509Certificate2 certificate = request.CreateSelfSigned(start, start.AddDays(30));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), password: null);
    }
}
