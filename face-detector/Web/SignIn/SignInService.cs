using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using FaceEdge.Configuration;
using FaceEdge.Web.Security;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;

namespace FaceEdge.Web.SignIn;

/// <summary>Signs visitors in who know <c>Page:Key</c>. A cookie says so from then on; it holds as long as the key stays the same.</summary>
internal sealed class SignInService : IDisposable
{
    /// <summary>For programs; the name is free.</summary>
    public const string KeyHeader = "X-Page-Key";

    private const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
    private const string CookieName = "faceedge-sign-in";
    private const string KeyClaim = "page-key";

    /// <summary>Below the folder that outlives the service.</summary>
    private const string KeysFolder = "sign-in";

    /// <summary>From the last visit on.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);

    private readonly KeyVerifier _verifier;
    private readonly string _fingerprint;

    public SignInService(ServiceOptions options)
    {
        var key = options.Page.Key!;
        _verifier = new KeyVerifier(key, options.Http.KeyTriesPerMinute);
        _fingerprint = FingerprintOf(key);
    }

    /// <summary>Adds what signing in needs; only where there is a key.</summary>
    public static void Add(IServiceCollection services, ServiceOptions options)
    {
        if (options.Page.Key is not { } key)
        {
            return;
        }

        var fingerprint = FingerprintOf(key);
        services.AddSingleton<SignInService>();
        services.AddAuthentication(Scheme).AddCookie(cookie =>
        {
            cookie.Cookie.Name = CookieName;
            cookie.Cookie.HttpOnly = true;
            cookie.Cookie.IsEssential = true;

            // A link to the site signs in as the address bar does; a page of another site makes no request with it.
            cookie.Cookie.SameSite = SameSiteMode.Lax;
            cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            cookie.ExpireTimeSpan = Remembered;
            cookie.SlidingExpiration = true;
            cookie.Events.OnValidatePrincipal = context =>
            {
                if (!context.Principal!.HasClaim(KeyClaim, fingerprint))
                {
                    context.RejectPrincipal();
                }

                return Task.CompletedTask;
            };
        });
        var protection = services.AddDataProtection().SetApplicationName("faceedge");
        if (options.Counts.Path is { } folder)
        {
            services.AddSingleton(provider => new SignInKeys(Path.Combine(folder, KeysFolder), provider.GetRequiredService<ILogger<SignInKeys>>()));
            services.AddOptions<KeyManagementOptions>().Configure<SignInKeys>(static (management, keys) => management.XmlRepository = keys);
        }
        else
        {
            protection.UseEphemeralDataProtectionProvider();
        }
    }

    /// <summary>Whether the request is of a visitor who has signed in; a sign-in that ends soon is renewed.</summary>
    public static async Task<bool> HasSignedInAsync(HttpContext context) => (await context.AuthenticateAsync(Scheme)).Succeeded;

    public KeyVerdict Verify(HttpContext context, string key) => _verifier.Verify(context, key);

    /// <summary>What is said of the key that the request brings; null when it brings none.</summary>
    public KeyVerdict? Verify(HttpContext context) => Given(context.Request) is { } key ? _verifier.Verify(context, key) : null;

    /// <param name="context">Whose key was right.</param>
    /// <param name="remember">Beyond the end of the browser's session.</param>
    public Task SignInAsync(HttpContext context, bool remember) => context.SignInAsync(
        Scheme,
        new ClaimsPrincipal(new ClaimsIdentity([new Claim(KeyClaim, _fingerprint)], Scheme)),
        new AuthenticationProperties { IsPersistent = remember });

    public static Task SignOutAsync(HttpContext context) => context.SignOutAsync(Scheme);

    public void Dispose() => _verifier.Dispose();

    /// <summary>Tells keys apart. It stands in protected cookies alone: with it at hand, weak keys could be guessed at leisure.</summary>
    private static string FingerprintOf(string key) => Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes("faceedge sign-in " + key)));

    /// <summary>In a header of its own, or as the password of Basic authentication, which players of streams know.</summary>
    private static string? Given(HttpRequest request)
    {
        if (request.Headers.TryGetValue(KeyHeader, out var key))
        {
            return key.ToString();
        }

        const string Basic = "Basic ";
        var authorization = request.Headers.Authorization.ToString();
        if (!authorization.StartsWith(Basic, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var login = new byte[authorization.Length];
        return Convert.TryFromBase64String(authorization[Basic.Length..].Trim(), login, out var length)
            && Encoding.UTF8.GetString(login, 0, length).Split(':', 2) is [_, var password] ? password : "";
    }
}
