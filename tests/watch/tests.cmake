bm_script_test(watch ${Python3_EXECUTABLE} ${CMAKE_CURRENT_SOURCE_DIR}/watch/check-watch.py $<TARGET_FILE:banmian> ${PROJECT_SOURCE_DIR})
