package oriel.homeassistant.camera;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each pair is what yarl 1.20.1 gave; the first ones were seen on the wire of Home Assistant 2025.5 and 2026.11 too. */
class HassUrlTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "rtsp://admin:pass:w@rd@h/a rtsp://admin:pass%3Aw%40rd@h/a",
                "rtsp://h/a//b/../c rtsp://h/a//c",
                "rtsp://h?x rtsp://h/?x",
                "rtsp://h/a?x=1&y=%2F%26 rtsp://h/a?x=1&y=/%26",
                "rtsp://h/a+b?c=d+e&f=g;h rtsp://h/a+b?c=d+e&f=g;h",
                "RTSP://Admin@CAM.Local:554/A%2fb%3a rtsp://Admin@cam.local:554/A%2Fb:",
                "rtsp://h rtsp://h",
                "rtsp://h#f rtsp://h/#f",
                "`rtsp://h/a b?q=a b#f g` rtsp://h/a%20b?q=a+b#f%20g",
                "rtsp://h/%41%e4%zz% rtsp://h/A%E4%25zz%25",
                "rtsp://h/ä?ö=ü#ß rtsp://h/%C3%A4?%C3%B6=%C3%BC#%C3%9F",
                "rtsp://u:12/34@h/a rtsp://u:12/34@h/a",
                "rtsp://u:p%40ss%@h/a rtsp://u:p%40ss%25@h/a",
                "rtsp://u%3Ax:@h/a rtsp://u%3Ax:@h/a",
                "rtsp://:p@h/a rtsp://:p@h/a",
                "rtsp://u:p@@h/a rtsp://u:p%40@h/a",
                "rtsp://u:é%C3@h/ rtsp://u:%C3%A9%C3@h/",
                "rtsp://user:p'a(s)s,!$*@h/a rtsp://user:p'a(s)s,!$*@h/a",
                "rtsp://u:p@[FE80::0001]:554/a rtsp://u:p@[fe80::1]:554/a",
                "rtsp://[2001:db8:0:0:0:0:0:1]/a rtsp://[2001:db8::1]/a",
                "rtsp://[2001:db8::1:0:0:1]/ rtsp://[2001:db8::1:0:0:1]/",
                "rtsp://[1:0:0:2::]/ rtsp://[1:0:0:2::]/",
                "rtsp://[::ffff:1.2.3.4]/x rtsp://[::ffff:102:304]/x",
                "rtsp://münchen.local/a rtsp://xn--mnchen-3ya.local/a",
                "http://h:80/a http://h/a",
                "https://h:443/a https://h/a",
                "http://h:8080/a?x={}|^<> http://h:8080/a?x=%7B%7D%7C%5E%3C%3E",
                "rtsp://h/./a/../../b/. rtsp://h/b/",
                "rtsp://h/.. rtsp://h/",
                "rtsp://h/a@b:c!$'()*,;=&~ rtsp://h/a@b:c!$'()*,;=&~",
                "rtsp://h/a?a=[1]&b=@:/? rtsp://h/a?a=%5B1%5D&b=@:/?",
                "rtsp://h/a#a#b=1&c[0] rtsp://h/a#a%23b=1&c%5B0%5D",
                "rtsp://010.1.1.1/a rtsp://010.1.1.1/a",
                "rtsp://192.168.1.20:/a rtsp://192.168.1.20/a",
                "rtsp://h_x.y/a rtsp://h_x.y/a",
                "rtsp://host%20name/a rtsp://host%20name/a",
                "rtsp://h/a%2Fb%2Bc%2Ed%7e?x=%3D%2B%26%3B%3F%40%20%2a rtsp://h/a%2Fb%2Bc.d~?x=%3D%2B%26%3B?@%20*",
            })
    void normalized_isWhatHomeAssistantHandsOn(String written, String handedOn) {
        assertThat(HassUrl.normalized(written, "", "")).contains(handedOn);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            quoteCharacter = '`',
            value = {
                "rtsp://h/a admin pass:w@rd rtsp://admin:pass%3Aw%40rd@h/a",
                "rtsp://h/a a p@ss:w/rd#%?ü rtsp://a:p%40ss%3Aw%2Frd%23%25%3F%C3%BC@h/a",
                "rtsp://h:554/a `u s%41` p!$'()*,+&=;-._~[] rtsp://u%20s%2541:p!$'()*,+&=;-._~%5B%5D@h:554/a",
                "rtsp://x@h/a a b rtsp://x@h/a",
                "rtsp://:b@h/a x y rtsp://:b@h/a",
                "rtsp://:@h/a a b rtsp://a:b@h/a",
                "rtsp://h/a a `` rtsp://h/a",
                "rtsp://h/a `` b rtsp://h/a",
                "http://h:80 a b http://a:b@h",
                "rtsp://[::1]:8554/a x y rtsp://x:y@[::1]:8554/a",
            })
    void normalized_loginBesideTheAddress_goesIn_unlessItHasOne(
            String written, String user, String password, String handedOn) {
        assertThat(HassUrl.normalized(written, user, password)).contains(handedOn);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rtsp://u:p#ss@h/a",
                "rtsp://u:p/ss@h/a",
                "rtsp://u:p?ss@h/a",
                "rtsp://h:99999/a",
                "rtsp://h:x/a",
                "rtsp://[::1/a",
                "rtsp://u:p[x]@h/a",
                "rtsp://fe80::1/a",
                "rtsp://[1.2.3.4]/a",
                "rtsp://1:2:3/a",
                "h/a",
                "/dev/video0",
                "rtsp:///a",
                "rtsp://a b/c",
                "",
            })
    void normalized_whatHomeAssistantRefuses_orHasNoHost_isEmpty(String written) {
        assertThat(HassUrl.normalized(written, "", "")).isEmpty();
    }

    @Test
    void normalized_blanksAround_andLineEndsWithin_goAway() {
        assertThat(HassUrl.normalized("  rtsp://h/a\tb\n ", "", "")).contains("rtsp://h/ab");
    }

    @Test
    void withLogin_putsThemIn_whereThereAreNone() {
        assertThat(HassUrl.withLogin("rtsp://h:x/a", "u", "p@ss")).isEqualTo("rtsp://u:p%40ss@h:x/a");
        assertThat(HassUrl.withLogin("rtsp://u:p#ss@h/a", "x", "y")).isEqualTo("rtsp://u:p#ss@h/a");
    }

    @Test
    void quoted_isTheNameThatHomeAssistantRegisters() {
        assertThat(HassUrl.quoted("rigcam_door 1:ü#x")).isEqualTo("rigcam_door%201%3A%C3%BC%23x");
    }
}
