using FaceEdge.Models;

namespace FaceEdge.Tests.Models;

public sealed class ModelMirrorTests
{
    [Fact]
    public void A_mirror_s_password_is_kept_apart_from_its_address()
    {
        var mirror = ModelMirror.Parse("https://keeper:p%40ss@mirror.example/models");
        var entry = ModelCatalogue.Load().Entries[0];

        Assert.Equal(("keeper", "p@ss"), (mirror.Credentials!.UserName, mirror.Credentials.Password));
        Assert.Equal($"https://mirror.example/models/{entry.File}", mirror.Address(entry)!.ToString());
        Assert.Equal("https://mirror.example/models/", mirror.ToString());
    }

    [Fact]
    public void A_mirror_that_is_refused_shows_no_password() =>
        Assert.DoesNotContain("secret", Assert.Throws<InvalidModelSourceException>(() => ModelMirror.Parse("htps://keeper:secret@mirror/")).Message, StringComparison.Ordinal);
}
